import { element } from './dom.js';

const KEYS = ['1', '2 ABC', '3 DEF', '4 GHI', '5 JKL', '6 MNO', '7 PQRS', '8 TUV', '9 WXYZ', '*', '0 +', '#'];
const HOLD_MS = 500;
const SPOKEN = { '*': 'star', '#': 'hash' };

/**
 * Fills a container with the twelve keys of a telephone.
 * @param {HTMLElement} container
 * @param {(key: string) => void} pressed told the digit, * or #
 * @param {Object<string, string>} held what it is told of a key that is held down, if not the key
 */
export function dialPad(container, pressed, held = {}) {
  for (const [key, letters = ''] of KEYS.map((text) => text.split(' '))) {
    const button = element('button', { type: 'button' }, key, element('small', { ariaHidden: 'true' }, letters));
    button.setAttribute('aria-label', SPOKEN[key] ?? key);
    const wasHeld = held[key] ? onHold(button, () => pressed(held[key])) : () => false;
    button.addEventListener('click', (event) => wasHeld(event) || pressed(key));
    container.append(button);
  }
}

/** Returns whether a click is the end of a press that was long enough; that of a keyboard is none. */
function onHold(button, then) {
  let timer;
  let done = false;
  button.addEventListener('pointerdown', () => {
    done = false;
    timer = setTimeout(() => {
      done = true;
      then();
    }, HOLD_MS);
  });
  for (const end of ['pointerup', 'pointerleave', 'pointercancel']) button.addEventListener(end, () => clearTimeout(timer));
  return ({ detail }) => done && detail > 0;
}
