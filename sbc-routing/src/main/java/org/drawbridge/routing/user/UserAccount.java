package org.drawbridge.routing.user;

import java.util.Set;
import org.drawbridge.routing.limit.Limits;
import org.jspecify.annotations.Nullable;

/**
 * Someone who may register and call.
 *
 * @param name the user part of the address of record and the digest username
 * @param domain one of our domains, lower case; also the digest realm
 * @param ha1Md5 lower-case hex of MD5(name:domain:password) (RFC 7616 section 3.4.2), or null: no
 *     MD5 login
 * @param ha1Sha256 the same with SHA-256, or null: no SHA-256 login; one of both is always there
 * @param displayName shown to the one called, or null
 * @param callerId user part of the From URI when calling out through a trunk, or null for the name
 * @param groups names of the groups it belongs to
 * @param limits how much it may use
 */
public record UserAccount(
    String name,
    String domain,
    @Nullable String ha1Md5,
    @Nullable String ha1Sha256,
    @Nullable String displayName,
    @Nullable String callerId,
    Set<String> groups,
    Limits limits) {

  public UserAccount {
    groups = Set.copyOf(groups);
  }

  /** An account without limits. */
  public UserAccount(
      String name,
      String domain,
      @Nullable String ha1Md5,
      @Nullable String ha1Sha256,
      @Nullable String displayName,
      @Nullable String callerId,
      Set<String> groups) {
    this(name, domain, ha1Md5, ha1Sha256, displayName, callerId, groups, Limits.NONE);
  }

  /** An account of no group, without limits. */
  public UserAccount(
      String name,
      String domain,
      @Nullable String ha1Md5,
      @Nullable String ha1Sha256,
      @Nullable String displayName,
      @Nullable String callerId) {
    this(name, domain, ha1Md5, ha1Sha256, displayName, callerId, Set.of());
  }

  /** The address of record, {@code name@domain}; the hashes stay out. */
  @Override
  public String toString() {
    return name + "@" + domain;
  }
}
