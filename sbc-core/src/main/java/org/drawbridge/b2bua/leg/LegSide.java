package org.drawbridge.b2bua.leg;

import org.drawbridge.media.api.MediaLeg;
import org.drawbridge.reach.Peer;
import org.drawbridge.sip.flow.Flow;

/**
 * One side of a call before there is a dialog with it.
 *
 * @param name what logs call it: {@code caller}, {@code callee-2}
 * @param peer who is there
 * @param flow how it is reached
 * @param media its media
 */
public record LegSide(String name, Peer peer, Flow flow, MediaLeg media) {}
