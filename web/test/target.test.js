import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clock, dialable, prefill, redialable } from '../src/target.js';

describe('dialable', () => {
  it('drops the visual separators of a number', () => {
    assert.equal(dialable(' +44 (20) 7946-0000 '), '+442079460000');
    assert.equal(dialable('*43#'), '*43#');
  });

  it('leaves names and URIs alone', () => {
    assert.equal(dialable(' echo '), 'echo');
    assert.equal(dialable('sip:anna.b@example.com'), 'sip:anna.b@example.com');
    assert.equal(dialable('anna-b'), 'anna-b');
  });
});

describe('redialable', () => {
  it('is the number at home, and number and domain elsewhere', () => {
    assert.equal(redialable({ user: '1002', host: 'example.com' }, 'Example.com'), '1002');
    assert.equal(redialable({ user: 'anna', host: 'other.example' }, 'example.com'), 'anna@other.example');
  });

  it('is nothing for who stays unknown', () => {
    assert.equal(redialable({ user: 'anonymous', host: 'anonymous.invalid' }, 'example.com'), '');
    assert.equal(redialable({ host: 'gateway.example' }, 'example.com'), '');
  });
});

describe('prefill', () => {
  const page = { protocol: 'https:', host: 'sbc.example:8443', hostname: 'sbc.example' };

  it('takes the server and the domain from the page', () => {
    assert.deepEqual(prefill('', page), { user: '', domain: 'sbc.example', server: 'wss://sbc.example:8443/', to: '' });
  });

  it('uses plain WebSocket on a page without TLS', () => {
    assert.equal(prefill('', { ...page, protocol: 'http:' }).server, 'ws://sbc.example:8443/');
  });

  it('prefers the domain the server names, and one in the link to both', () => {
    assert.equal(prefill('', page, 'example.org').domain, 'example.org');
    assert.equal(prefill('#domain=example.com', page, 'example.org').domain, 'example.com');
  });

  it('reads account and domain from the fragment but never a password', () => {
    const form = prefill('#user=1001&domain=example.com&password=x', page);
    assert.equal(form.user, '1001');
    assert.equal(form.domain, 'example.com');
    assert.equal('password' in form, false);
  });
});

describe('clock', () => {
  it('shows hours only when there are some', () => {
    assert.equal(clock(5.9), '0:05');
    assert.equal(clock(754), '12:34');
    assert.equal(clock(3723), '1:02:03');
  });
});
