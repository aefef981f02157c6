package org.drawbridge.app.running;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.drawbridge.account.ConfiguredAccounts;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.config.reader.AccountsLoader;
import org.drawbridge.routing.user.NewAccount;
import org.drawbridge.routing.user.UserAccount;
import org.drawbridge.routing.user.UsersFile;
import org.drawbridge.routing.user.UsersResult;
import org.drawbridge.routing.value.FileWords;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.drawbridge.routing.yaml.Environment;
import org.drawbridge.routing.yaml.Nearest;
import org.drawbridge.routing.yaml.Problems;
import org.drawbridge.routing.yaml.YamlDocument;
import org.jspecify.annotations.Nullable;

/**
 * Reads the accounts of a configuration, and makes the first ones where there is no users file yet.
 */
public final class AccountFiles {

  private static final int FIRST_ACCOUNTS = 3;
  private static final int FIRST_NUMBER = 1001;

  private AccountFiles() {}

  /** Whether the users file is still to be made. */
  public static boolean isFirstStart(SbcConfig config) {
    Path file = config.accounts().usersFile();
    return file != null && !Files.exists(file);
  }

  /**
   * Makes the users file with a few accounts.
   *
   * @return the accounts with their passwords, which are nowhere else in clear
   * @throws StartFailure if the file cannot be written, or another one seems to be meant
   */
  public static List<NewAccount> make(SbcConfig config, Path file) throws StartFailure {
    ConfigProblem other = meant(file);
    if (other != null) {
      throw new StartFailure(other.toString());
    }
    List<NewAccount> made = first(config);
    try {
      UsersFile.write(file, made.stream().map(NewAccount::account).toList());
    } catch (IOException e) {
      throw new StartFailure("cannot write " + file + ": " + FileWords.of(e), e);
    }
    return made;
  }

  /** Those that the configuration itself does not have. */
  private static List<NewAccount> first(SbcConfig config) {
    Set<String> known =
        config.accounts().users().stream().map(UserAccount::toString).collect(Collectors.toSet());
    return NewAccount.generate(
            FIRST_ACCOUNTS, FIRST_NUMBER, config.defaultDomain(), new SecureRandom())
        .stream()
        .filter(made -> !known.contains(made.account().toString()))
        .toList();
  }

  /**
   * What is said where a users file is missing and one with nearly its name stands beside it, since
   * to start with accounts that nobody knows locks everybody out; else null.
   */
  private static @Nullable ConfigProblem meant(Path missing) {
    Path directory = missing.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      return null;
    }
    try (Stream<Path> beside = Files.list(directory)) {
      List<String> names =
          beside.filter(AccountFiles::hasUsers).map(file -> file.getFileName().toString()).toList();
      String nearest = Nearest.to(String.valueOf(missing.getFileName()), names);
      String words =
          "there is no such file: did you mean %s? For accounts of its own, make it with the line"
              + " \"users: {}\"";
      return nearest == null
          ? null
          : new ConfigProblem(
              missing.toString(), 0, 0, words.formatted(missing.resolveSibling(nearest)));
    } catch (IOException e) {
      return null; // to write there will tell what is the matter
    }
  }

  private static boolean hasUsers(Path file) {
    String name = String.valueOf(file.getFileName());
    if (!name.endsWith(".yaml") && !name.endsWith(".yml")) {
      return false;
    }
    String text = YamlDocument.read(file, new Problems(name));
    return text != null
        && text.lines().anyMatch(line -> line.startsWith("users:"))
        && text.lines().noneMatch(line -> line.startsWith("domains:")); // no configuration either
  }

  /** Each mistake in the accounts and in what names them; nothing is made or changed. */
  public static List<ConfigProblem> problems(SbcConfig config) {
    Path file = config.accounts().usersFile();
    if (file != null && isFirstStart(config)) {
      ConfigProblem other = meant(file);
      if (other != null) {
        return List.of(other);
      }
      List<UserAccount> accounts = new ArrayList<>(config.accounts().users());
      first(config).forEach(made -> accounts.add(made.account()));
      return AccountsLoader.unknownNames(config, accounts);
    }
    return switch (AccountsLoader.load(config, Environment.ofProcess())) {
      case UsersResult.Loaded _ -> List.of();
      case UsersResult.Refused(List<ConfigProblem> problems) -> problems;
    };
  }

  /** Removes the users file. */
  public static void discard(SbcConfig config) throws StartFailure {
    Path file = config.accounts().usersFile();
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new StartFailure("remove " + file + " by hand: " + FileWords.of(e), e);
    }
  }

  /**
   * All accounts: those in the configuration and those in its users file.
   *
   * @throws StartFailure naming each mistake in the users file, and each name that no account has
   */
  public static ConfiguredAccounts load(SbcConfig config) throws StartFailure {
    return switch (AccountsLoader.load(config, Environment.ofProcess())) {
      case UsersResult.Loaded(List<UserAccount> accounts) ->
          new ConfiguredAccounts(config.domains(), accounts);
      case UsersResult.Refused(List<ConfigProblem> problems) ->
          throw new StartFailure(
              problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
    };
  }
}
