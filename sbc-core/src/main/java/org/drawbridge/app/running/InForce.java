package org.drawbridge.app.running;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.drawbridge.account.Accounts;
import org.drawbridge.policy.Ruleset;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.registrar.RegistrarSettings;
import org.drawbridge.routing.config.EdgeConfig.WebConfig;
import org.drawbridge.routing.config.SbcConfig;
import org.drawbridge.routing.rule.RouteTable;
import org.drawbridge.routing.value.FileWords;
import org.drawbridge.web.WebPages;
import org.drawbridge.web.Website;
import org.jspecify.annotations.Nullable;

/**
 * One configuration with all that is made of it, so that a reload swaps the whole. Immutable.
 *
 * @param config as it was read
 * @param accounts those of the configuration and of its users file
 * @param rules what requests are judged by
 * @param pages what browsers get that fetch a page
 * @param registrar bounds of registrations
 * @param calls what the calls of one loop may cost
 */
record InForce(
    SbcConfig config,
    Accounts accounts,
    Ruleset rules,
    WebPages pages,
    RegistrarSettings registrar,
    CallLimits calls) {

  /**
   * Makes all of it.
   *
   * @throws StartFailure if the web pages cannot be read
   */
  static InForce of(SbcConfig config, Accounts accounts) throws StartFailure {
    return of(config, accounts, null);
  }

  /**
   * Makes all of it where another is in force: its pages stay where their directory is gone for the
   * moment, as while they are built anew.
   *
   * @throws StartFailure if the web pages cannot be read
   */
  static InForce of(SbcConfig config, Accounts accounts, @Nullable InForce before)
      throws StartFailure {
    Ruleset rules =
        Ruleset.compile(
            config, RouteTable.compile(config, accounts.groups(), InstantSource.system()));
    return new InForce(
        config,
        accounts,
        rules,
        pages(config, before),
        Settings.registrar(config.accounts().registrar(), rules.trunks()),
        Settings.calls(config.edge().limits()));
  }

  private static WebPages pages(SbcConfig config, @Nullable InForce before) throws StartFailure {
    WebConfig web = config.edge().web();
    Path root = web.root();
    try {
      Website site = web.enabled() ? Website.read(root) : Website.none();
      return before != null && site.isEmpty() && before.config.edge().web().equals(web)
          ? before.pages.of(config::domains)
          : new WebPages(site, config::domains);
    } catch (IOException e) {
      throw new StartFailure("web pages in " + root + ": " + FileWords.of(e), e);
    }
  }
}
