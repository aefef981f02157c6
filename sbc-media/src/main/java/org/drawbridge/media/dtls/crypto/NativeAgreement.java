package org.drawbridge.media.dtls.crypto;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsAgreement;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.drawbridge.media.libcrypto.EcCurve;
import org.drawbridge.media.libcrypto.EcKey;
import org.jspecify.annotations.Nullable;

/** One ephemeral ECDH (RFC 8422 5.10, 5.11) by libcrypto. Used by the thread of one handshake. */
final class NativeAgreement implements TlsAgreement {

  private final BcTlsCrypto crypto;
  private final EcCurve curve;
  private @Nullable EcKey own;
  private @Nullable EcKey peer;

  NativeAgreement(BcTlsCrypto crypto, EcCurve curve) {
    this.crypto = crypto;
    this.curve = curve;
  }

  @Override
  public byte[] generateEphemeral() {
    EcKey made = EcKey.generate(curve);
    own = made;
    return made.encodedPublic();
  }

  @Override
  public void receivePeerValue(byte[] value) throws TlsFatalAlert {
    EcKey point = EcKey.ofPublic(curve, value);
    if (point == null) {
      throw new TlsFatalAlert(AlertDescription.illegal_parameter, "no point on the curve");
    }
    peer = point;
  }

  @Override
  public TlsSecret calculateSecret() throws TlsFatalAlert {
    EcKey ours = own;
    EcKey theirs = peer;
    byte[] secret = ours == null || theirs == null ? null : ours.agree(theirs);
    if (secret == null) {
      throw new TlsFatalAlert(AlertDescription.illegal_parameter, "no secret to agree on");
    }
    own = null;
    return crypto.createSecret(secret);
  }
}
