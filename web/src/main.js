import { $, say, show } from './dom.js';
import { audioContext, keyTone } from './audio.js';
import { CallView } from './callview.js';
import { dialPad } from './dialpad.js';
import { renderHistory } from './historyview.js';
import { Phone } from './phone.js';
import { prefill } from './target.js';

const STATUS = {
  'signed-out': () => 'Signed out',
  connecting: () => 'Connecting…',
  registered: ({ user }) => `Registered as ${user}`,
  failed: () => 'Not registered',
};

const phone = new Phone();
const callView = new CallView();
let dismissed = null;
let focused = '';

/** The page's phone, for scripts and the console. */
window.phone = phone;

function render() {
  show({ 'sign-in': !phone.signedIn && !phone.busy, dialer: phone.signedIn && !phone.busy, 'sign-out': phone.account });
  $('status').dataset.state = phone.registration;
  say({ status: STATUS[phone.registration](phone.account ?? {}) });
  $('sign-in').querySelector('button').disabled = phone.registration === 'connecting' && !phone.problem;
  callView.render(phone.call);
  renderNotice(phone.problem ?? phone.call?.outcome);
  renderHistory(phone.history, (number) => phone.dial(number));
  document.title = phone.busy ? `${phone.call.peer} · Drawbridge` : 'Drawbridge phone';
}

/** A normal end needs no message; anything else stays until it is dismissed or a new call starts. */
function renderNotice(outcome) {
  const visible = outcome && outcome !== dismissed && !(outcome.ok && !outcome.detail);
  show({ notice: visible });
  if (!visible) return;
  $('notice').dataset.ok = String(outcome.ok);
  say({ 'notice-title': outcome.title, 'notice-detail': outcome.detail, 'notice-code': outcome.code });
}

/** Puts the keyboard where the next step is; not on touch screens, where it would cover the page. */
function focusNextStep() {
  const next = phone.call?.state === 'incoming' ? 'answer' : phone.signedIn && !phone.busy ? 'number' : '';
  if (next === focused) return;
  focused = next;
  if (next && matchMedia('(pointer: fine)').matches) $(next).focus();
}

phone.addEventListener('change', () => {
  render();
  focusNextStep();
});

/**
 * The server names its domains at /config.json; elsewhere the page's own host name is the best
 * guess. What a person has typed meanwhile stays.
 */
async function askDomain() {
  const answer = await fetch('config.json').catch(() => null);
  if (!answer?.ok) return;
  const { domains } = await answer.json().catch(() => ({}));
  const field = $('sign-in').elements.domain;
  if (field.value !== prefill(location.hash, location).domain) return;
  field.value = prefill(location.hash, location, domains?.[0]).domain;
}

function fillForm() {
  const { to, ...fields } = prefill(location.hash, location);
  for (const [name, value] of Object.entries(fields)) $('sign-in').elements[name].value = value;
  $('number').value = to;
  $('sign-in').elements[fields.user ? 'password' : 'user'].focus();
}

function pressed(key) {
  keyTone();
  if (phone.busy) phone.call.sendTone(key);
  else $('number').value += key;
}

$('sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  audioContext();
  phone.signIn(Object.fromEntries(new FormData(event.target)));
});
$('dial').addEventListener('submit', (event) => {
  event.preventDefault();
  phone.dial($('number').value);
});
$('sign-out').addEventListener('click', () => {
  phone.signOut();
  $('sign-in').elements.password.value = '';
});
$('echo').addEventListener('click', () => phone.dial('echo'));
$('erase').addEventListener('click', () => ($('number').value = $('number').value.slice(0, -1)));
$('answer').addEventListener('click', () => phone.call.answer());
$('decline').addEventListener('click', () => phone.call.end());
$('hang-up').addEventListener('click', () => phone.call.end());
$('mute').addEventListener('click', () => phone.call.toggleMute());
$('hold').addEventListener('click', () => phone.call.toggleHold());
$('notice-close').addEventListener('click', () => {
  dismissed = phone.problem ?? phone.call?.outcome;
  render();
});
document.addEventListener('keydown', ({ key, target }) => {
  const typing = target instanceof HTMLInputElement;
  if (phone.busy && !typing && /^[0-9*#]$/.test(key)) pressed(key);
});
window.addEventListener('hashchange', fillForm);
window.addEventListener('beforeunload', (event) => {
  if (phone.busy) event.preventDefault(); // F5 would hang up: the browser asks first
});
// The other side need not wait until the server takes the closed connection for the end.
window.addEventListener('pagehide', () => phone.signOut());

dialPad(document.querySelector('#dialer .keys'), pressed, { 0: '+' });
dialPad($('call-keys'), pressed);
fillForm();
render();
askDomain();
