/**
 * Why something ended or failed, in words for a person. Pure: facts in, sentences out.
 *
 * @typedef {object} Facts
 * @property {number} [status]     SIP status code of the response, if there was one
 * @property {string} [phrase]     its reason phrase
 * @property {string} [cause]      JsSIP's cause
 * @property {string} [originator] 'local', 'remote' or 'system'
 * @property {string[]} [reasons]  Reason header values (RFC 3326)
 * @property {string[]} [warnings] Warning header values (RFC 3261 section 20.43)
 * @property {string} [error]      name of the DOMException the microphone request ended with
 *
 * @typedef {object} Outcome
 * @property {boolean} ok     true if nothing went wrong
 * @property {string} title   a few words
 * @property {string} detail  what it means or what to do; may be empty
 * @property {string} code    the technical fact behind it, such as "486 Busy Here"; may be empty
 */

const MICROPHONE = {
  NotAllowedError: ['Microphone blocked', 'Allow the microphone for this page in the address bar, then call again.'],
  NotFoundError: ['No microphone found', 'Connect a microphone or headset, then call again.'],
  NotReadableError: ['Microphone in use', 'Another program holds the microphone. Close it, then call again.'],
  OverconstrainedError: ['No suitable microphone', 'The chosen microphone is not available any more.'],
  InsecureContext: ['Microphone not available', 'Browsers give the microphone only to pages served over https (or on localhost).'],
};

const STATUS = {
  400: ['Request refused', 'The server could not make sense of the request.'],
  401: ['Wrong account or password', 'Sign in again and check both.'],
  403: ['Not allowed', 'The server refuses this call for your account.'],
  404: ['Unknown number', 'Nobody with this name or number is known here.'],
  407: ['Wrong account or password', 'Sign in again and check both.'],
  408: ['No answer', 'The other side did not answer in time.'],
  410: ['Number gone', 'This number is no longer in use.'],
  415: ['No common format', 'The other side does not understand this kind of call.'],
  480: ['Not available', 'The other side is not signed in or does not take calls right now.'],
  481: ['Call is gone', 'The other side no longer knows this call.'],
  482: ['Call goes in circles', 'Forwarding leads back to where it started.'],
  483: ['Call goes in circles', 'The call was forwarded too often.'],
  484: ['Number incomplete', 'More digits are needed.'],
  486: ['Busy', 'The other side is in another call.'],
  488: ['No common audio format', 'The two sides share no codec or security setting.'],
  500: ['Server error', 'The server ran into a problem of its own.'],
  501: ['Not supported', 'The server does not support this.'],
  502: ['Bad gateway', 'The next network gave an unusable answer.'],
  503: ['Service not available', 'The server or the line is overloaded or down. Try again shortly.'],
  504: ['Next server silent', 'A server further on did not answer in time.'],
  513: ['Message too large', 'The server cannot take a message of this size.'],
  580: ['Conditions not met', 'The call needs something the network does not provide.'],
  600: ['Busy everywhere', 'The other side is busy on all devices.'],
  603: ['Declined', 'The other side does not want to take the call.'],
  604: ['Unknown number', 'This number does not exist anywhere.'],
  606: ['No common audio format', 'The two sides share no codec or security setting.'],
  607: ['Unwanted call', 'The other side marked this call as unwanted.'],
};

const CAUSE = {
  'Connection Error': ['Connection lost', 'The connection to the server broke.'],
  'Request Timeout': ['Server does not answer', 'The server did not answer in time.'],
  'No Answer': ['No answer', 'Nobody took the call in time.'],
  Expires: ['No answer', 'The caller’s time limit ran out.'],
  'No ACK': ['Call broke off', 'The other side did not confirm the call.'],
  'Dialog Error': ['Call broke off', 'The two sides lost track of each other.'],
  'RTP Timeout': ['No audio path', 'Sound cannot get through. A firewall may block UDP to the server.'],
  'WebRTC Error': ['Audio could not be set up', 'The browser rejected the audio settings of this call.'],
  'Bad Media Description': ['Audio could not be set up', 'The browser rejected what the other side offered.'],
  'Incompatible SDP': ['No common audio format', 'The two sides share no codec or security setting.'],
  'Missing SDP': ['Audio could not be set up', 'The other side said nothing about audio.'],
  'Internal Error': ['Problem in this page', 'Reload the page and try again.'],
};

const FAMILY = {
  3: ['Moved', 'The number was moved, and the new place cannot be called from here.'],
  4: ['Call refused', ''],
  5: ['Server error', 'The server could not complete the call.'],
  6: ['Call refused', 'The other side refuses the call on all devices.'],
};

/** Causes that are a normal end of a call, whoever ended it. */
const ENDED = { Terminated: 'Call ended', Canceled: 'Call cancelled' };

/**
 * How a call went.
 * @param {Facts} facts
 * @returns {Outcome}
 */
export function callOutcome(facts) {
  const microphone = facts.error && MICROPHONE[facts.error];
  if (microphone) return failure(microphone, facts.error);
  if (facts.cause === 'User Denied Media Access') return failure(MICROPHONE.NotAllowedError, facts.error ?? '');
  return normalEnd(facts) ?? explained(facts, STATUS[facts.status] ?? FAMILY[Math.floor((facts.status ?? 0) / 100)]);
}

/**
 * Why signing in failed.
 * @param {Facts} facts
 * @returns {Outcome}
 */
export function registrationOutcome(facts) {
  const known = {
    401: STATUS[401],
    403: ['Sign-in refused', 'The account or password is wrong, or this account may not sign in here.'],
    404: ['Unknown account', 'This server does not know the account or the domain.'],
    423: ['Sign-in refused', 'The server wants a longer registration.'],
    503: ['Service not available', 'The server takes no sign-ins right now. It is tried again.'],
  }[facts.status];
  return explained(facts, known ?? STATUS[facts.status] ?? FAMILY[Math.floor((facts.status ?? 0) / 100)]);
}

/**
 * Whether the same sign-in may well succeed later.
 * @param {Facts} facts
 * @returns {boolean}
 */
export function passes({ status, cause }) {
  return cause === 'Request Timeout' || [408, 480, 500, 503, 504].includes(status);
}

/**
 * Why the WebSocket is not there. A browser hides the cause from the page, so name the likely ones.
 * @param {{server: string, code?: number, reason?: string, wasConnected: boolean}} facts
 * @returns {Outcome}
 */
export function connectionOutcome({ server, code, reason, wasConnected }) {
  const fact = code ? `WebSocket closed with ${code}${reason ? ` ${reason}` : ''}` : '';
  if (wasConnected) return failure(['Connection lost', 'The server is being called again.'], fact);
  const secure = /^wss:/i.test(server);
  const page = server.replace(/^ws/i, 'http');
  const hint = secure
    ? `Is the server running? If its certificate is self-signed, open ${page} once and accept it.`
    : 'Is the server running, and is the address right?';
  return failure(['Server not reachable', `No connection to ${server}. ${hint}`], fact);
}

/**
 * The text of a Reason or Warning header value: its quoted string, without the quotes.
 * @param {string} value
 * @returns {string} empty if it has none
 */
export function quotedText(value) {
  const match = /"((?:[^"\\]|\\.)*)"/.exec(value);
  return match ? match[1].replace(/\\(.)/g, '$1') : '';
}

function normalEnd(facts) {
  const elsewhere = facts.reasons?.some((value) => /cause\s*=\s*200\b/.test(value));
  if (elsewhere) return { ok: true, title: 'Answered elsewhere', detail: 'Another device took the call.', code: '' };
  const title = ENDED[facts.cause];
  if (!title) return null;
  const because = saidBecause(facts);
  const bad = facts.originator !== 'local' && facts.reasons?.some((value) => /cause\s*=\s*(?!16\b|200\b|487\b)\d/.test(value));
  if (bad) return { ok: false, title, detail: because, code: facts.reasons[0] };
  if (facts.originator === 'remote') return { ok: true, title: facts.cause === 'Canceled' ? 'Missed call' : title, detail: because, code: '' };
  return { ok: true, title, detail: '', code: '' };
}

function explained(facts, words) {
  const [title, meaning] = words ?? CAUSE[facts.cause] ?? ['It did not work', ''];
  const said = saidBecause(facts);
  const detail = said && said !== facts.phrase ? `${meaning} The server says: ${said}`.trim() : meaning;
  return failure([title, detail], facts.status ? `${facts.status} ${facts.phrase ?? ''}`.trim() : (facts.cause ?? ''));
}

/** What the far side itself gave as its reason: Warning first, since it is written for people. */
function saidBecause(facts) {
  return [...(facts.warnings ?? []), ...(facts.reasons ?? [])].map(quotedText).find((text) => text) ?? '';
}

function failure([title, detail], code) {
  return { ok: false, title, detail, code };
}
