package org.drawbridge.b2bua.fork;

import java.util.List;
import org.drawbridge.policy.Diversion;
import org.drawbridge.policy.TargetPlan;
import org.drawbridge.routing.rule.RouteDecision;

/**
 * One route that a call takes.
 *
 * @param route what routing decided
 * @param plan the order of its candidates
 * @param offer makes the INVITEs
 * @param diversions the redirections that have led here, the last first
 */
record Way(
    RouteDecision.Deliver route, TargetPlan plan, BranchOffer offer, List<Diversion> diversions) {}
