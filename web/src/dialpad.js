import { element } from './dom.js';

const KEYS = ['1', '2 ABC', '3 DEF', '4 GHI', '5 JKL', '6 MNO', '7 PQRS', '8 TUV', '9 WXYZ', '*', '0 +', '#'];
const SPOKEN = { '*': 'star', '#': 'hash' };

/**
 * Fills a container with the twelve keys of a telephone.
 * @param {HTMLElement} container
 * @param {(key: string) => void} pressed told the digit, * or #
 */
export function dialPad(container, pressed) {
  for (const [key, letters = ''] of KEYS.map((text) => text.split(' '))) {
    const button = element('button', { type: 'button' }, key, element('small', { ariaHidden: 'true' }, letters));
    button.setAttribute('aria-label', SPOKEN[key] ?? key);
    button.addEventListener('click', () => pressed(key));
    container.append(button);
  }
}
