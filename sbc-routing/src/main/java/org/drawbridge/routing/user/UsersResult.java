package org.drawbridge.routing.user;

import java.util.List;
import org.drawbridge.routing.yaml.ConfigProblem;

/** What reading a users file comes to. */
public sealed interface UsersResult {

  /** The file is good. */
  record Loaded(List<UserAccount> accounts) implements UsersResult {

    public Loaded {
      accounts = List.copyOf(accounts);
    }
  }

  /** The file has these mistakes, in the order of the file. */
  record Refused(List<ConfigProblem> problems) implements UsersResult {

    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
