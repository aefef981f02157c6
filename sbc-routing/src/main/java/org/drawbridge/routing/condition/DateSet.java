package org.drawbridge.routing.condition;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Days of the calendar.
 *
 * @param days single days
 * @param yearly days of every year
 * @param spans several days in a row
 */
public record DateSet(Set<LocalDate> days, Set<MonthDay> yearly, List<Span> spans) {

  /** No day at all. */
  public static final DateSet NONE = new DateSet(Set.of(), Set.of(), List.of());

  public DateSet {
    days = Set.copyOf(days);
    yearly = Set.copyOf(yearly);
    spans = List.copyOf(spans);
  }

  /** From the first day to the last, both included. */
  public record Span(LocalDate first, LocalDate last) {}

  /** Whether a day is one of them. */
  public boolean contains(LocalDate day) {
    return days.contains(day)
        || !yearly.isEmpty() && yearly.contains(MonthDay.from(day))
        || spans.stream().anyMatch(span -> !day.isBefore(span.first) && !day.isAfter(span.last));
  }

  /** The days of both. */
  public DateSet and(DateSet other) {
    Set<LocalDate> allDays = new HashSet<>(days);
    allDays.addAll(other.days);
    Set<MonthDay> allYearly = new HashSet<>(yearly);
    allYearly.addAll(other.yearly);
    List<Span> allSpans = new ArrayList<>(spans);
    allSpans.addAll(other.spans);
    return new DateSet(allDays, allYearly, allSpans);
  }

  /** Just this day. */
  public static DateSet of(LocalDate day) {
    return new DateSet(Set.of(day), Set.of(), List.of());
  }

  /** This day of every year; the 29th of February comes in leap years only. */
  public static DateSet every(MonthDay day) {
    return new DateSet(Set.of(), Set.of(day), List.of());
  }

  /** All days from the first to the last. */
  public static DateSet between(LocalDate first, LocalDate last) {
    return new DateSet(Set.of(), Set.of(), List.of(new Span(first, last)));
  }

  /** The days of all of them. */
  public static DateSet union(Stream<DateSet> all) {
    return all.reduce(NONE, DateSet::and);
  }
}
