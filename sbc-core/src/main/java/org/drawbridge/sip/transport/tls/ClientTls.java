package org.drawbridge.sip.transport.tls;

import java.nio.file.Path;

/**
 * How clients of a listener prove who they are (RFC 5922).
 *
 * @param authorities who vouches for them, in PEM
 * @param required whether a client without a certificate is turned away
 */
public record ClientTls(Path authorities, boolean required) {}
