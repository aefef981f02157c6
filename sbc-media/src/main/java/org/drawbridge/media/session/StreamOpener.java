package org.drawbridge.media.session;

import org.drawbridge.media.api.MediaUnavailableException;

/** Takes what a leg needs to carry video, when it first does. */
interface StreamOpener {

  /** The stream, with its ports where it needs some. */
  LegStream open() throws MediaUnavailableException;
}
