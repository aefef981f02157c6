package org.drawbridge.b2bua.leg;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.sip.message.Method;
import org.drawbridge.sip.message.SipRequest;
import org.drawbridge.sip.message.SipResponse;
import org.drawbridge.sip.transaction.ClientTransaction;
import org.drawbridge.sip.transaction.ResponseListener;
import org.drawbridge.sip.transaction.ServerTransaction;
import org.drawbridge.sip.transaction.TransactionFailure;
import org.jspecify.annotations.Nullable;

/**
 * Requests for a whole picture in INFO (RFC 5168), toward one leg: phones that know no feedback in
 * RTCP ask so, and are asked so. None of them ends a call, and a peer that refuses one gets no
 * more.
 */
public final class PictureInfo implements ResponseListener {

  private static final String TYPE = "application/media_control+xml";
  private static final String FAST_UPDATE = "picture_fast_update";

  private static final byte[] BODY =
      ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<media_control><vc_primitive><to_encoder><"
              + FAST_UPDATE
              + "/></to_encoder></vc_primitive></media_control>\r\n")
          .getBytes(StandardCharsets.US_ASCII);

  private final Leg to;
  private boolean waiting;
  private boolean refused;

  PictureInfo(Leg to) {
    this.to = to;
  }

  /**
   * Asks the side across for a whole picture in the form it knows, and answers the INFO; false if
   * it asks for none, or that side shows none that we carry.
   */
  public static boolean ask(Leg from, @Nullable Leg to, ServerTransaction transaction) {
    SipRequest request = transaction.request();
    boolean asks = isControl(request.contentType()) && request.bodyText().contains(FAST_UPDATE);
    if (!asks || to == null || !to.media().askForPicture()) {
      return false;
    }
    transaction.respond(from.response(request, 200).build());
    return true;
  }

  private static boolean isControl(@Nullable String contentType) {
    return contentType != null
        && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(TYPE);
  }

  /** Asks the peer of a media leg. */
  public static void send(LegOwner call, MediaLeg shown) {
    for (Leg leg : call.all()) {
      if (leg.media() == shown) {
        leg.pictures().send();
      }
    }
  }

  private void send() {
    if (!waiting && !refused) {
      waiting = true;
      to.send(to.request(Method.INFO).body(TYPE, BODY).build(), this);
    }
  }

  @Override
  public void onResponse(ClientTransaction transaction, SipResponse response) {
    if (!response.isProvisional()) {
      waiting = false;
      refused = !response.isSuccess();
    }
  }

  @Override
  public void onFailure(ClientTransaction transaction, TransactionFailure failure) {
    waiting = false;
    refused = true;
  }
}
