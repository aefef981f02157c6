package org.drawbridge.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.drawbridge.reach.CallLimits;
import org.drawbridge.sip.flow.Flow;
import org.drawbridge.sip.flow.Transport;
import org.drawbridge.sip.transaction.SimNet;

/** Robots around an SBC on a network that may be bad. */
public final class Town {

  private static final int CALLERS = 4;
  private static final int CALLS = 5;
  private static final long CALLING_MILLIS = 120_000;

  /** Calls that are joined live on different ones. */
  private static final int MOST_LOOPS = 4;

  private final Lab lab;
  private final Random random;
  private final List<RobotCaller> callers = new ArrayList<>();
  private final List<Robot> all = new ArrayList<>();

  /** A town whose every move follows from the seed. */
  public Town(long seed, SimNet.Weather weather) {
    this(seed, weather, Lab.CONFIG);
  }

  /** As {@link #Town(long, SimNet.Weather)}, around an SBC with a configuration of its own. */
  public Town(long seed, SimNet.Weather weather, String config) {
    this.lab = new Lab(config, CallLimits.DEFAULTS, 1 + (int) (seed % MOST_LOOPS));
    this.random = new Random(seed);
    SimNet net = new SimNet(lab.loop(), seed, weather);
    for (int i = 0; i < CALLERS; i++) {
      RobotCaller caller = new RobotCaller(lab, random, "10" + i, 4000 + 2 * i);
      caller.connect(net, i == 0 ? Transport.TCP : Transport.UDP);
      callers.add(caller);
      all.add(caller);
      addCallee(net, "20" + i, 5000 + 2 * i, Transport.UDP);
    }
    addCallee(net, "200", 6000, Transport.TCP);
  }

  private void addCallee(SimNet net, String user, int port, Transport transport) {
    RobotCallee callee = new RobotCallee(lab, random, user, port);
    callee.connect(net, transport);
    all.add(callee);
  }

  /** The SBC in its middle. */
  public Lab lab() {
    return lab;
  }

  /** The SBC's ends of the links to everyone. */
  public List<Flow> links() {
    return all.stream().map(robot -> robot.sbcEnd()).toList();
  }

  /** Lets everyone call everyone and waits until all is over. */
  public void live() {
    for (RobotCaller caller : callers) {
      for (int i = 0; i < CALLS; i++) {
        String callee = "20" + random.nextInt(CALLERS + 1);
        lab.loop().schedule(random.nextLong(CALLING_MILLIS), () -> caller.call(callee));
      }
    }
    lab.loop().runToEnd(3_600_000);
  }

  /** How many reliable responses were acknowledged. */
  public int pracks() {
    return callers.stream().mapToInt(caller -> caller.pracks).sum();
  }

  /** How often a caller changed the session while it rang. */
  public int earlyChanges() {
    return callers.stream().mapToInt(caller -> caller.earlyChanges).sum();
  }

  /** How often somebody sent the other side elsewhere. */
  public int transfers() {
    return all.stream().mapToInt(robot -> robot.talk.transfers).sum();
  }

  /** How often somebody did so while whom it had called still rang. */
  public int earlyTransfers() {
    return all.stream().mapToInt(robot -> robot.talk.earlyTransfers).sum();
  }

  /** How often somebody went on with its own call by another one. */
  public int takeovers() {
    return callers.stream().mapToInt(caller -> caller.takeovers).sum();
  }

  /** Every call has ended, for everyone. */
  public void assertQuiet(String label) {
    for (RobotCaller caller : callers) {
      assertThat(caller.ends)
          .as("%s: ends of calls of %s", label, caller.aor)
          .isEqualTo(caller.calls);
    }
    assertThat(callers.stream().mapToInt(caller -> caller.answers).sum())
        .as("%s: answered calls", label)
        .isPositive();
    for (Robot robot : all) {
      assertThat(robot.concluded)
          .as("%s: outcomes of requests of %s", label, robot.aor)
          .isEqualTo(robot.asked);
      assertThat(robot.up).as("%s: dialogs of %s that nobody ended", label, robot.aor).isEmpty();
    }
    lab.assertClean();
  }
}
