package org.drawbridge.proxy.subscription;

import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.drawbridge.reach.Contacts;
import org.drawbridge.reach.Peer;
import org.drawbridge.sip.dialog.Dialog;
import org.drawbridge.sip.transaction.ResponseListener;

/**
 * One side of a subscription.
 *
 * @param dialog our dialog with it
 * @param opaque the user of our Contact there
 * @param peer who is there
 * @param elsewhere whether the account it belongs to can be reached at another device now
 * @param credentials answers challenges before a listener hears of them, where we have what to say
 */
record Side(
    Dialog dialog,
    String opaque,
    Peer peer,
    BooleanSupplier elsewhere,
    UnaryOperator<ResponseListener> credentials) {

  String contact() {
    return Contacts.of(dialog.flow(), opaque);
  }

  boolean isElsewhere() {
    return elsewhere.getAsBoolean();
  }
}
