import { callOutcome } from './reasons.js';
import { redialable } from './target.js';

/**
 * One call: a JsSIP session behind a state a page can show.
 * `state` runs calling | incoming -> ringing -> active -> over; each change fires `change`.
 */
export class Call extends EventTarget {
  #session;
  #microphoneError;
  #watched = new WeakSet();

  /** The other party's name or number. */
  peer;
  /** What calls them again; empty if nothing does. */
  number;
  /** True if the other side called. */
  incoming;
  /** calling, ringing, incoming, connecting, active or over. */
  state;
  /** Date.now() when the call was answered, or null. */
  since = null;
  /** True while we, or they, hold the call. */
  held = { local: false, remote: false };
  muted = false;
  /** How it ended, see reasons.js; null until it is over. */
  outcome = null;
  /** What the other side sends; empty until media starts. */
  remoteStream = new MediaStream();

  /**
   * @param {object} session of JsSIP
   * @param {string} domain our own
   */
  constructor(session, domain) {
    super();
    this.#session = session;
    this.incoming = session.direction === 'incoming';
    this.state = this.incoming ? 'incoming' : 'calling';
    const { display_name: name, uri } = session.remote_identity;
    this.peer = name || uri.user || uri.host;
    this.number = redialable(uri, domain);
    this.#follow();
  }

  /** Takes an incoming call; JsSIP asks the browser for the microphone. */
  answer() {
    if (this.state !== 'incoming') return;
    if (!navigator.mediaDevices) return this.#refuseWithoutMicrophone();
    this.#to('connecting');
    this.#session.answer({ mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: [] } });
  }

  /** Declines, cancels or ends, whatever the state calls for. */
  end() {
    if (this.state === 'over') return;
    this.#session.terminate(this.state === 'incoming' ? { status_code: 603, reason_phrase: 'Decline' } : {});
  }

  /** JsSIP would leave the caller ringing. */
  #refuseWithoutMicrophone() {
    this.#microphoneError = 'InsecureContext';
    this.#session.terminate({ status_code: 480 });
  }

  toggleHold() {
    if (this.state !== 'active') return;
    if (this.held.local) this.#session.unhold();
    else this.#session.hold();
  }

  toggleMute() {
    if (this.state === 'over') return;
    if (this.muted) this.#session.unmute({ audio: true });
    else this.#session.mute({ audio: true });
  }

  /** Sends one of 0-9, *, #, A-D as an RFC 4733 telephone event. */
  sendTone(key) {
    if (this.state === 'active') this.#session.sendDTMF(key, { transportType: 'RFC2833' });
  }

  /** Looks for a way for the media anew (ICE restart), as after a change of networks. */
  restartMedia() {
    if (this.state === 'active') this.#session.renegotiate({ rtcOfferConstraints: { iceRestart: true } });
  }

  #follow() {
    const on = (name, then) => this.#session.on(name, then);
    on('peerconnection', ({ peerconnection }) => this.#watch(peerconnection));
    if (this.#session.connection) this.#watch(this.#session.connection);
    on('getusermediafailed', (error) => (this.#microphoneError = error?.name));
    on('progress', ({ originator }) => originator === 'remote' && this.#to('ringing'));
    on('accepted', () => this.#answered());
    on('hold', ({ originator }) => this.#hold(originator, true));
    on('unhold', ({ originator }) => this.#hold(originator, false));
    on('muted', () => this.#mute(true));
    on('unmuted', () => this.#mute(false));
    on('ended', (event) => this.#over(event));
    on('failed', (event) => this.#over(event));
  }

  /** JsSIP ends a call whose ICE failed, but takes no notice of a failed DTLS handshake. */
  #watch(connection) {
    if (this.#watched.has(connection)) return;
    this.#watched.add(connection);
    connection.addEventListener('track', ({ track }) => {
      this.remoteStream.addTrack(track);
      this.#changed();
    });
    connection.addEventListener('connectionstatechange', () => {
      if (connection.connectionState === 'failed' && this.state !== 'over') {
        this.#session.terminate({ cause: 'RTP Timeout', status_code: 480, reason_phrase: 'Media failed' });
      }
    });
  }

  #answered() {
    this.since ??= Date.now();
    this.#to('active');
  }

  #hold(originator, on) {
    this.held = { ...this.held, [originator === 'local' ? 'local' : 'remote']: on };
    this.#changed();
  }

  #mute(on) {
    this.muted = on;
    this.#changed();
  }

  #over(event) {
    this.outcome = callOutcome({ ...factsOf(event), error: this.#microphoneError });
    this.#to('over');
  }

  #to(state) {
    if (this.state === 'over') return;
    this.state = state;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

/**
 * What a JsSIP `failed`, `ended` or `registrationFailed` event says.
 * @param {{originator?: string, cause?: string, message?: object, response?: object}} event
 * @returns {import('./reasons.js').Facts}
 */
export function factsOf({ originator, cause, message, response }) {
  const sip = message ?? response;
  const all = (name) => sip?.getHeaders?.(name) ?? [];
  return {
    originator,
    cause,
    status: sip?.status_code,
    phrase: sip?.reason_phrase,
    reasons: all('Reason'),
    warnings: all('Warning'),
  };
}
