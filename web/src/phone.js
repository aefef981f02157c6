import JsSIP from 'jssip';
import { Call, factsOf } from './call.js';
import { callOutcome, connectionOutcome, passes, registrationOutcome } from './reasons.js';
import { dialable } from './target.js';

const RETRY_SECONDS = { least: 5, usual: 30, most: 300 };

/** When to ask again, in ms: as the server says within bounds, and not all phones at once. */
function retryDelay(response) {
  const { least, usual, most } = RETRY_SECONDS;
  const asked = parseInt(response?.getHeader('Retry-After'), 10);
  const seconds = Math.min(most, Math.max(least, asked || usual));
  return seconds * 1000 * (1 + Math.random() / 4);
}

/**
 * One account on one server with one line: JsSIP behind a small state. Each change fires
 * `change`; nothing is stored, so a reload signs out.
 */
export class Phone extends EventTarget {
  #agent = null;
  #connected = false;
  #admitted = false;
  #moved = false;
  #again = null;

  /** What signIn was given, without the password; null while signed out. */
  account = null;
  /** signed-out, connecting, registered or failed. */
  registration = 'signed-out';
  /** Why registration failed or the connection broke, see reasons.js, or null. */
  problem = null;
  /** The call there is, or the last one until it is dismissed; null before the first. */
  call = null;
  /** Finished calls, latest first, at most 20. */
  history = [];

  constructor() {
    super();
    window.addEventListener('online', () => this.#reconnect());
  }

  /**
   * Connects and registers.
   * @param {{user: string, password: string, domain: string, server: string}} form
   */
  signIn({ user, password, domain, server }) {
    this.signOut();
    this.account = { user, domain, server };
    try {
      this.#agent = this.#createAgent(`sip:${user}@${domain}`, password, server);
      this.#report('connecting', null);
      this.#agent.start();
    } catch (error) {
      const detail = 'Check the account, the domain and the server address.';
      this.#report('failed', { ok: false, title: 'Cannot sign in with this', detail, code: error.message });
    }
  }

  /** Ends the call, removes the registration and forgets the account. */
  signOut() {
    clearTimeout(this.#again);
    this.#agent?.removeAllListeners();
    this.#agent?.stop();
    this.#agent = null;
    this.#connected = false;
    this.#admitted = false;
    this.account = null;
    this.call = null;
    this.history = [];
    this.#report('signed-out', null);
  }

  /** Calls a number, a name of this domain or a SIP URI, as typed. */
  dial(typed) {
    const target = dialable(typed);
    if (!this.#agent || this.busy || !target) return;
    if (!navigator.mediaDevices) return this.#reject(target, { error: 'InsecureContext' });
    try {
      this.#agent.call(target, {
        mediaConstraints: { audio: true, video: false },
        pcConfig: { iceServers: [] },
      });
    } catch (error) {
      this.#reject(target, { status: 484, phrase: error.message });
    }
  }

  /** True once the server has let the account in; stays true while a lost connection is repaired. */
  get signedIn() {
    return this.#admitted;
  }

  /** True while a call rings or is up. */
  get busy() {
    return this.call !== null && this.call.state !== 'over';
  }

  /** Takes a finished call off the screen. */
  dismiss() {
    if (this.busy) return;
    this.call = null;
    this.#changed();
  }

  #createAgent(uri, password, server) {
    const sockets = [new JsSIP.WebSocketInterface(server)];
    const agent = new JsSIP.UA({ sockets, uri, password, register: true });
    agent.on('connected', () => (this.#connected = true));
    agent.on('disconnected', (event) => this.#disconnected(event));
    agent.on('registered', () => this.#registered());
    agent.on('unregistered', () => this.registration !== 'failed' && this.#report('connecting', this.problem));
    agent.on('registrationFailed', (event) => this.#registrationFailed(event));
    agent.on('newRTCSession', ({ session }) => this.#newSession(session));
    return agent;
  }

  /**
   * The computer is on a network again, perhaps another one: the old connection is dead, and TCP would
   * take minutes to notice. JsSIP would wait for two seconds before it connects anew, and does so if this
   * attempt fails.
   */
  #reconnect() {
    if (!this.#connected) return;
    const { transport } = this.#agent;
    transport.socket.disconnect();
    transport.socket.ondisconnect(true, 1006, 'another network');
    transport.connect();
  }

  #registered() {
    clearTimeout(this.#again);
    this.#report('registered', null);
    if (this.#moved && this.busy) this.call.restartMedia();
    this.#moved = false;
  }

  #disconnected({ code, reason }) {
    clearTimeout(this.#again);
    const wasConnected = this.#connected;
    this.#connected = false;
    this.#moved ||= wasConnected;
    this.#report('connecting', connectionOutcome({ server: this.account.server, code, reason, wasConnected: wasConnected || this.#admitted }));
  }

  /**
   * A broken connection has been reported with better words already. What passes is waited for:
   * JsSIP itself would not ask again before the connection breaks.
   */
  #registrationFailed(event) {
    if (event.cause === 'Connection Error') return;
    const facts = factsOf(event);
    const waits = passes(facts);
    this.#report(waits ? 'connecting' : 'failed', registrationOutcome(facts));
    if (waits) this.#again = setTimeout(() => this.#agent?.register(), retryDelay(event.response));
  }

  #newSession(session) {
    if (this.busy) {
      session.terminate({ status_code: 486, reason_phrase: 'Busy Here' });
      return;
    }
    const call = new Call(session, this.account.domain);
    this.call = call;
    call.addEventListener('change', () => this.#callChanged(call));
    this.#changed();
  }

  #callChanged(call) {
    if (call.state === 'over') this.#remember(call);
    this.#changed();
  }

  #remember({ peer, number, incoming, since, outcome }) {
    const seconds = since ? (Date.now() - since) / 1000 : null;
    this.history = [{ peer, number, incoming, at: new Date(), seconds, outcome }, ...this.history].slice(0, 20);
  }

  /** A call that failed before there was a session for it. */
  #reject(peer, facts) {
    this.call = { peer, number: peer, incoming: false, state: 'over', since: null, outcome: callOutcome(facts) };
    this.#remember(this.call);
    this.#changed();
  }

  #report(registration, problem) {
    this.registration = registration;
    if (registration === 'registered') this.#admitted = true;
    if (registration === 'failed') this.#admitted = false;
    this.problem = problem;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
