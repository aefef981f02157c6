package org.drawbridge.b2bua;

import org.drawbridge.policy.TargetPlan;
import org.drawbridge.routing.rule.RouteDecision;

/**
 * One route that a call takes.
 *
 * @param route what routing decided
 * @param plan the order of its candidates
 * @param offer makes the INVITEs
 * @param redirections how many redirections have led here
 */
record Way(RouteDecision.Deliver route, TargetPlan plan, BranchOffer offer, int redirections) {}
