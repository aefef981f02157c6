import { $, say, show } from './dom.js';
import { levelMeter, ring } from './audio.js';
import { clock } from './target.js';

const STATES = {
  calling: 'Calling…',
  ringing: 'Ringing…',
  incoming: 'Incoming call',
  connecting: 'Connecting…',
  active: 'In call',
};

/** The panel of a call that rings or is up: who, how long, how loud, and its buttons. */
export class CallView {
  #call = null;
  #meter = null;
  #ringing = null;
  #keypad = false;

  constructor() {
    setInterval(() => this.#tick(), 100);
    $('keypad').addEventListener('click', () => {
      this.#keypad = !this.#keypad;
      this.render(this.#call);
    });
  }

  /** Shows a call, or nothing for null or a call that is over. */
  render(call) {
    const live = call && call.state !== 'over' ? call : null;
    if (live !== this.#call) this.#leave();
    this.#call = live;
    show({ call: live });
    this.#ring(live);
    if (live) this.#draw(live);
  }

  #draw(call) {
    const active = call.state === 'active';
    const offered = call.state === 'incoming';
    say({ peer: call.peer, 'peer-number': call.number === call.peer ? '' : call.number, 'call-state': stateText(call) });
    show({ offer: offered, controls: active, 'hang-up': !offered, timer: active, level: active, 'call-keys': active && this.#keypad });
    $('call').dataset.state = call.state;
    press('mute', call.muted, ['Mute', 'Muted']);
    press('hold', call.held.local, ['Hold', 'Resume']);
    press('keypad', this.#keypad, ['Keypad', 'Keypad']);
    this.#listen(call);
  }

  #listen(call) {
    const audio = $('remote');
    if (!call.remoteStream.getAudioTracks().length || this.#meter) return;
    audio.srcObject = call.remoteStream;
    audio.play().catch(() => {});
    this.#meter = levelMeter(call.remoteStream);
  }

  #ring(call) {
    const kind = { incoming: 'incoming', ringing: 'outgoing' }[call?.state];
    const early = call?.remoteStream.getAudioTracks().length > 0;
    const wanted = kind && !(kind === 'outgoing' && early) ? kind : null;
    if (wanted && !this.#ringing) this.#ringing = ring(wanted);
    if (!wanted && this.#ringing) {
      this.#ringing();
      this.#ringing = null;
    }
  }

  #leave() {
    this.#meter?.stop();
    this.#meter = null;
    this.#keypad = false;
    $('remote').srcObject = null;
  }

  #tick() {
    if (this.#call?.state !== 'active') return;
    const level = this.#meter?.level() ?? 0;
    say({ timer: clock((Date.now() - this.#call.since) / 1000) });
    $('level').firstElementChild.style.transform = `scaleX(${level.toFixed(3)})`;
    $('level').setAttribute('aria-valuenow', String(Math.round(level * 100)));
  }
}

function stateText(call) {
  if (call.state !== 'active') return STATES[call.state];
  if (call.held.local) return 'On hold';
  return call.held.remote ? 'The other side put you on hold' : STATES.active;
}

function press(id, on, [off, text]) {
  $(id).setAttribute('aria-pressed', String(on));
  say({ [id]: on ? text : off });
}
