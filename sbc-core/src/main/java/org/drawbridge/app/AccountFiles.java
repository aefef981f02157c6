package org.drawbridge.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.drawbridge.account.ConfiguredAccounts;
import org.drawbridge.routing.config.AccountsLoader;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.user.NewAccount;
import org.drawbridge.routing.user.UserAccount;
import org.drawbridge.routing.user.UsersFile;
import org.drawbridge.routing.user.UsersResult;
import org.drawbridge.routing.value.FileWords;
import org.drawbridge.routing.yaml.ConfigProblem;
import org.drawbridge.routing.yaml.Environment;

/**
 * Reads the accounts of a configuration, and makes the first ones where there is no users file yet.
 */
final class AccountFiles {

  private static final int FIRST_ACCOUNTS = 3;
  private static final int FIRST_NUMBER = 1001;

  private AccountFiles() {}

  /** Whether the users file is still to be made. */
  static boolean isFirstStart(SbcConfig config) {
    Path file = config.accounts().usersFile();
    return file != null && !Files.exists(file);
  }

  /**
   * Makes the users file with a few accounts.
   *
   * @return the accounts with their passwords, which are nowhere else in clear
   * @throws StartFailure if the file cannot be written
   */
  static List<NewAccount> make(SbcConfig config, Path file) throws StartFailure {
    List<NewAccount> made = first(config);
    try {
      UsersFile.write(file, made.stream().map(NewAccount::account).toList());
    } catch (IOException e) {
      throw new StartFailure("cannot write " + file + ": " + FileWords.of(e), e);
    }
    return made;
  }

  private static List<NewAccount> first(SbcConfig config) {
    return NewAccount.generate(
        FIRST_ACCOUNTS, FIRST_NUMBER, config.defaultDomain(), new SecureRandom());
  }

  /** Each mistake in the accounts and in what names them; nothing is made or changed. */
  static List<ConfigProblem> problems(SbcConfig config) {
    if (isFirstStart(config)) {
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
  static void discard(SbcConfig config) throws StartFailure {
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
  static ConfiguredAccounts load(SbcConfig config) throws StartFailure {
    return switch (AccountsLoader.load(config, Environment.ofProcess())) {
      case UsersResult.Loaded(List<UserAccount> accounts) ->
          new ConfiguredAccounts(config.domains(), accounts);
      case UsersResult.Refused(List<ConfigProblem> problems) ->
          throw new StartFailure(
              problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
    };
  }
}
