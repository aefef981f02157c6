package org.drawbridge.support;

import java.util.List;
import java.util.function.Supplier;

/** Where a party of a test runs: on loopback of this machine, or on a host of a made-up network. */
public interface Place {

  /** This machine's loopback. */
  Place LOOPBACK =
      new Place() {
        @Override
        public String address() {
          return "127.0.0.1";
        }

        @Override
        public List<String> command(List<String> program) {
          return program;
        }

        @Override
        public <T> T within(Supplier<T> work) {
          return work.get();
        }
      };

  /** The IPv4 address parties bind. */
  String address();

  /** The command that runs a program there. */
  List<String> command(List<String> program);

  /** Does something whose sockets are to be made there. */
  <T> T within(Supplier<T> work);
}
