package org.drawbridge.routing.condition;

/** What the session description of a request offers. */
public interface Offer {

  /** No description, or none that can be read: it offers nothing. */
  Offer NONE =
      new Offer() {
        @Override
        public boolean hasCodec(String name) {
          return false;
        }

        @Override
        public boolean has(MediaKind kind) {
          return false;
        }

        @Override
        public String toString() {
          return "nothing";
        }
      };

  /** Whether a codec of this name, in whatever case, is offered. */
  boolean hasCodec(String name);

  /** Whether media of this kind is offered. */
  boolean has(MediaKind kind);

  /** Its kinds and codecs, for people. */
  @Override
  String toString();
}
