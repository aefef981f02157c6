package org.drawbridge.routing.user;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.drawbridge.routing.value.Secret;

/**
 * An account that was just made, with the password that only its owner will know afterwards.
 *
 * @param account what is kept
 * @param password shown once and then forgotten
 */
public record NewAccount(UserAccount account, Secret password) {

  /** No letter or figure that looks like another one, and 32 of them: five bits each. */
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

  private static final int GROUPS = 4;
  private static final int GROUP_LENGTH = 4;

  /**
   * Makes an account for a given password, with an MD5 hash, which every phone and browser can log
   * in with.
   *
   * @param sha256 whether it gets a SHA-256 hash too. Phones that know RFC 8760 then use that; some
   *     old ones fail at a challenge that so much as offers it
   */
  public static NewAccount of(String name, String domain, String password, boolean sha256) {
    UserAccount account =
        new UserAccount(
            name,
            domain,
            DigestHash.MD5.ha1(name, domain, password),
            sha256 ? DigestHash.SHA_256.ha1(name, domain, password) : null,
            null,
            null);
    return new NewAccount(account, new Secret(password));
  }

  /**
   * Makes accounts with consecutive numbers and passwords of 80 random bits, easy to type.
   *
   * @param count how many
   * @param firstNumber name of the first, as in 1001
   * @param random must be cryptographically strong
   */
  public static List<NewAccount> generate(
      int count, int firstNumber, String domain, RandomGenerator random) {
    return IntStream.range(firstNumber, firstNumber + count)
        .mapToObj(number -> of(Integer.toString(number), domain, password(random), false))
        .toList();
  }

  private static String password(RandomGenerator random) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < GROUPS * GROUP_LENGTH; i++) {
      if (i > 0 && i % GROUP_LENGTH == 0) {
        out.append('-');
      }
      out.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return out.toString();
  }
}
