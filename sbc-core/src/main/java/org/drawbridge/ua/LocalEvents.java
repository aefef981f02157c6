package org.drawbridge.ua;

import org.drawbridge.policy.Admission.Outcome.Admitted;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.transaction.ServerTransaction;

/**
 * Event packages that we serve ourselves (RFC 6665), such as {@code reg}. Asked before a SUBSCRIBE
 * is sent on to others; used on one loop.
 */
public interface LocalEvents {

  /** None. */
  LocalEvents NONE =
      new LocalEvents() {
        @Override
        public boolean onSubscribe(ServerTransaction subscribe, Admitted admitted) {
          return false;
        }

        @Override
        public boolean onInDialog(ServerTransaction subscribe) {
          return false;
        }

        @Override
        public void onFlowClosed(Flow flow) {}
      };

  /** A SUBSCRIBE outside a dialog, admitted; false if its event is not served here. */
  boolean onSubscribe(ServerTransaction subscribe, Admitted admitted);

  /** A SUBSCRIBE with a To tag; false if it belongs to no subscription here. */
  boolean onInDialog(ServerTransaction subscribe);

  /** A stream is gone. */
  void onFlowClosed(Flow flow);
}
