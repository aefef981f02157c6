import { $, element, show } from './dom.js';
import { clock } from './target.js';

/**
 * Shows finished calls, each a button that calls again.
 * @param {object[]} history of phone.js
 * @param {(number: string) => void} redial
 */
export function renderHistory(history, redial) {
  show({ recent: history.length > 0 });
  $('history').replaceChildren(...history.map((entry) => item(entry, redial)));
}

function item({ peer, number, incoming, at, seconds, outcome }, redial) {
  const time = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  const result = seconds === null ? outcome.title : clock(seconds);
  const arrow = element('span', { className: incoming ? 'in' : 'out', ariaHidden: 'true' }, incoming ? '↙' : '↗');
  const button = element(
    'button',
    { type: 'button', className: 'entry' },
    arrow,
    element('span', { className: 'unseen' }, incoming ? 'From ' : 'To '),
    element('b', {}, peer),
    element('span', { className: outcome.ok ? '' : 'bad' }, result),
    element('time', { dateTime: at.toISOString() }, time),
  );
  if (number) button.title = `Call ${number}`;
  button.disabled = !number;
  button.addEventListener('click', () => redial(number));
  return element('li', {}, button);
}
