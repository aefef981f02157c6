import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { callOutcome, connectionOutcome, passes, quotedText, registrationOutcome } from '../src/reasons.js';

describe('callOutcome', () => {
  it('names what a SIP status means', () => {
    const outcome = callOutcome({ status: 486, phrase: 'Busy Here', cause: 'Busy', originator: 'remote' });
    assert.deepEqual(outcome, {
      ok: false,
      title: 'Busy',
      detail: 'The other side is in another call.',
      code: '486 Busy Here',
    });
  });

  it('adds the Warning text, and prefers it to the Reason text', () => {
    const { detail } = callOutcome({
      status: 404,
      phrase: 'Not Found',
      warnings: ['399 sbc "no route matches 4711"'],
      reasons: ['Q.850;cause=1;text="Unallocated"'],
    });
    assert.match(detail, /The server says: no route matches 4711$/);
  });

  it('does not repeat the reason phrase', () => {
    const { detail } = callOutcome({ status: 603, phrase: 'Decline', reasons: ['SIP;cause=603;text="Decline"'] });
    assert.doesNotMatch(detail, /server says/);
  });

  it('falls back to the family of an unlisted status', () => {
    assert.equal(callOutcome({ status: 599, phrase: 'Odd' }).title, 'Server error');
    assert.equal(callOutcome({ status: 302, phrase: 'Moved Temporarily' }).title, 'Moved');
  });

  it('knows a normal hang-up from either side', () => {
    assert.equal(callOutcome({ cause: 'Terminated', originator: 'remote' }).ok, true);
    assert.equal(callOutcome({ cause: 'Terminated', originator: 'local' }).title, 'Call ended');
  });

  it('calls a caller who gave up a missed call', () => {
    assert.equal(callOutcome({ cause: 'Canceled', originator: 'remote' }).title, 'Missed call');
    assert.equal(callOutcome({ cause: 'Canceled', originator: 'local' }).title, 'Call cancelled');
  });

  it('tells that another device answered', () => {
    const reasons = ['SIP;cause=200;text="Call completed elsewhere"'];
    assert.equal(callOutcome({ cause: 'Canceled', originator: 'remote', reasons }).title, 'Answered elsewhere');
  });

  it('shows why the server ended a call', () => {
    const reasons = ['SIP;cause=408;text="No media for 30 s"'];
    const outcome = callOutcome({ cause: 'Terminated', originator: 'remote', reasons });
    assert.equal(outcome.ok, false);
    assert.equal(outcome.detail, 'No media for 30 s');
  });

  it('takes normal call clearing for what it is', () => {
    const reasons = ['Q.850;cause=16;text="Normal call clearing"'];
    assert.equal(callOutcome({ cause: 'Terminated', originator: 'remote', reasons }).ok, true);
  });

  it('tells apart the ways a microphone can be missing', () => {
    const cause = 'User Denied Media Access';
    assert.equal(callOutcome({ cause, error: 'NotAllowedError' }).title, 'Microphone blocked');
    assert.equal(callOutcome({ cause, error: 'NotFoundError' }).title, 'No microphone found');
    assert.equal(callOutcome({ cause, error: 'InsecureContext' }).title, 'Microphone not available');
    assert.equal(callOutcome({ cause }).title, 'Microphone blocked');
  });

  it('explains causes that come without a response', () => {
    assert.equal(callOutcome({ cause: 'RTP Timeout' }).title, 'No audio path');
    assert.equal(callOutcome({ cause: 'Connection Error' }).title, 'Connection lost');
    assert.equal(callOutcome({ cause: 'Never heard of' }).title, 'It did not work');
  });
});

describe('registrationOutcome', () => {
  it('speaks of account and password', () => {
    assert.equal(registrationOutcome({ status: 401, phrase: 'Unauthorized' }).title, 'Wrong account or password');
    assert.match(registrationOutcome({ status: 403, phrase: 'Forbidden' }).detail, /password is wrong/);
  });

  it('explains a silent server', () => {
    assert.equal(registrationOutcome({ cause: 'Request Timeout' }).title, 'Server does not answer');
  });
});

describe('connectionOutcome', () => {
  it('points at the certificate page of a WSS server', () => {
    const { detail } = connectionOutcome({ server: 'wss://sbc.example:8443/', code: 1006, wasConnected: false });
    assert.match(detail, /open https:\/\/sbc\.example:8443\/ once and accept it/);
  });

  it('does not speak of certificates over plain WS', () => {
    const { detail } = connectionOutcome({ server: 'ws://127.0.0.1:8080/', wasConnected: false });
    assert.doesNotMatch(detail, /certificate/);
  });

  it('tells a lost connection from one that never was', () => {
    const outcome = connectionOutcome({ server: 'wss://x/', code: 1001, reason: 'bye', wasConnected: true });
    assert.equal(outcome.title, 'Connection lost');
    assert.equal(outcome.code, 'WebSocket closed with 1001 bye');
  });
});

describe('quotedText', () => {
  it('unescapes a quoted string', () => {
    assert.equal(quotedText('399 host "say \\"no\\""'), 'say "no"');
    assert.equal(quotedText('SIP;cause=486'), '');
  });
});

describe('passes', () => {
  it('tells a server that is busy from an account that is wrong', () => {
    assert.equal(passes({ status: 503, cause: 'SIP Failure Code' }), true);
    assert.equal(passes({ cause: 'Request Timeout' }), true);
    assert.equal(passes({ status: 403, cause: 'Rejected' }), false);
    assert.equal(passes({ status: 401, cause: 'Authentication Error' }), false);
  });
});
