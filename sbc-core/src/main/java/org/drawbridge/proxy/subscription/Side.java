package org.drawbridge.proxy.subscription;

import java.util.function.BooleanSupplier;
import org.drawbridge.b2bua.Contacts;
import org.drawbridge.sip.dialog.Dialog;

/**
 * One side of a subscription.
 *
 * @param dialog our dialog with it
 * @param opaque the user of our Contact there
 * @param elsewhere whether the account it belongs to can be reached at another device now
 */
record Side(Dialog dialog, String opaque, BooleanSupplier elsewhere) {

  String contact() {
    return Contacts.of(dialog.flow(), opaque);
  }

  boolean isElsewhere() {
    return elsewhere.getAsBoolean();
  }
}
