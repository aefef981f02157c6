package org.drawbridge.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * A small internet made of network namespaces: one network where the SBC is, and sites whose hosts
 * reach it through a router that masquerades and lets nobody in. Nothing of it touches the networks
 * of this machine, and several may stand beside each other.
 */
final class Network implements AutoCloseable {

  private static final AtomicInteger MADE = new AtomicInteger();
  private static final String SBC = "10.77.0.1";

  private final String prefix =
      "db" + ProcessHandle.current().pid() + "x" + MADE.incrementAndGet() + "x";
  private final List<String> spaces = new ArrayList<>();
  private final NetworkHost internet;
  private int sites;

  private Network() {
    internet = new NetworkHost(space("net"), SBC);
    in(internet, "ip", "link", "add", "br0", "type", "bridge");
    in(internet, "ip", "addr", "add", SBC + "/24", "dev", "br0");
    in(internet, "ip", "link", "set", "br0", "up");
  }

  /** Makes one; the test is skipped where this is not allowed. */
  static Network make() {
    String probe = "db" + ProcessHandle.current().pid() + "probe";
    String refusal = attempt("ip", "netns", "add", probe);
    Assumptions.assumeTrue(
        refusal.isEmpty(), "network namespaces need root and Linux's iproute2 here: " + refusal);
    run("ip", "netns", "del", probe);
    return new Network();
  }

  /** The host of the SBC. */
  NetworkHost internet() {
    return internet;
  }

  /** A site behind a NAT of its own. */
  Site site(String name) {
    int number = ++sites;
    Site site =
        new Site(
            new NetworkHost(space(name + "-nat"), "10.77.0." + (10 + number)),
            new NetworkHost(space(name), "192.168." + number + ".2"),
            "192.168." + number + ".1",
            "eth" + number);
    connect(site, "wan" + number);
    in(site.host(), "ip", "route", "add", "default", "via", site.gateway());
    return site;
  }

  /** A second way out of a site's host, through a NAT of its own; down at first. */
  Site secondUplink(Site first, String name) {
    int number = ++sites;
    String device = "eth" + number;
    Site second =
        new Site(
            new NetworkHost(space(name + "-nat"), "10.77.0." + (10 + number)),
            new NetworkHost(first.host().space(), "192.168." + number + ".2"),
            "192.168." + number + ".1",
            device);
    connect(second, "wan" + number);
    in(second.host(), "ip", "link", "set", device, "down");
    return second;
  }

  private void connect(Site site, String port) {
    NetworkHost router = site.router();
    cable(internet, port, router, "wan");
    in(internet, "ip", "link", "set", port, "master", "br0");
    in(router, "ip", "addr", "add", router.address() + "/24", "dev", "wan");
    cable(router, "lan", site.host(), site.device());
    in(router, "ip", "addr", "add", site.gateway() + "/24", "dev", "lan");
    in(router, "sysctl", "-qw", "net.ipv4.ip_forward=1");
    in(router, "nft", "add table ip nat");
    in(router, "nft", "add chain ip nat out { type nat hook postrouting priority 100 ; }");
    in(router, "nft", "add rule ip nat out oifname wan masquerade random");
    in(router, "nft", "add table ip filter");
    in(router, "nft", "add chain ip filter pass { type filter hook forward priority 0 ; }");
    in(router, "nft", "add rule ip filter pass iifname wan ct state new,invalid drop");
    in(site.host(), "ip", "addr", "add", site.host().address() + "/24", "dev", site.device());
  }

  private static void cable(NetworkHost a, String deviceA, NetworkHost b, String deviceB) {
    run(
        "ip", "link", "add", deviceA, "netns", a.space(), "type", "veth", "peer", "name", deviceB,
        "netns", b.space());
    in(a, "ip", "link", "set", deviceA, "up");
    in(b, "ip", "link", "set", deviceB, "up");
  }

  private String space(String name) {
    String space = prefix + name;
    run("ip", "netns", "add", space);
    spaces.add(space);
    run("ip", "netns", "exec", space, "ip", "link", "set", "lo", "up");
    return space;
  }

  /** Runs a command on a host. */
  static void in(NetworkHost host, String... command) {
    List<String> full = host.command(List.of(command));
    run(full.toArray(String[]::new));
  }

  private static void run(String... command) {
    String refusal = attempt(command);
    if (!refusal.isEmpty()) {
      throw new AssertionError(String.join(" ", command) + ": " + refusal);
    }
  }

  /** What a command complains about; empty when it succeeds. */
  private static String attempt(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      boolean done = process.waitFor(40, TimeUnit.SECONDS) && process.exitValue() == 0;
      return done ? "" : said.isEmpty() ? "failed" : said;
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }

  @Override
  public void close() {
    spaces.reversed().forEach(space -> run("ip", "netns", "del", space));
  }
}
