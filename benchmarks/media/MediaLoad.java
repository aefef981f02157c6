import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Calls whose both ends are here, through one relay: each end sends G.711 every 20 ms and checks every packet it gets.
 * Arguments: {@code sip|ng|floor}, the relay's address, {@code rtp|webrtc} for the callers, the callers' and the callees'
 * address. Commands come line by line: {@code calls N} sets up calls, or ends some, until there are N, {@code run S} lets
 * all talk for S seconds and prints a {@link Tally}; between commands all talk once a second.
 */
final class MediaLoad {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long PACKET_NANOS = 20_000_000L;
  private static final long DRAIN_NANOS = 300_000_000L;

  private final Relay relay;
  private final boolean webRtc;
  private final InetAddress callers;
  private final InetAddress callees;
  private final Traffic traffic = new Traffic();
  private final Deque<Call> calls = new ArrayDeque<>();
  private int made;

  /** A call and its ends. */
  private record Call(int number, Party caller, Party callee) {}

  private MediaLoad(String[] arguments) throws IOException {
    callers = InetAddress.getByName(arguments[3]);
    callees = InetAddress.getByName(arguments[4]);
    InetAddress server = InetAddress.getByName(arguments[1]);
    webRtc = arguments[2].equals("webrtc");
    relay =
        switch (arguments[0]) {
          case "sip" -> new SipRelay(server, callers, callees);
          case "ng" -> new NgRelay(server, webRtc);
          case "floor" -> new FloorRelay(server);
          default -> throw new IllegalArgumentException(arguments[0]);
        };
  }

  public static void main(String[] arguments) throws Exception {
    MediaLoad load = new MediaLoad(arguments);
    BlockingQueue<String> commands = new LinkedBlockingQueue<>();
    Thread.ofVirtual().start(() -> read(commands));
    String command = "";
    while (!command.equals("quit")) {
      command = commands.poll();
      if (command == null) {
        load.traffic.run(SECOND_NANOS, SECOND_NANOS / 20);
        command = "";
      } else if (!command.equals("quit")) {
        load.obey(command.split(" "));
      }
    }
    System.exit(0);
  }

  private static void read(BlockingQueue<String> commands) {
    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        commands.add(line);
      }
    } catch (IOException e) {
      System.err.println(e);
    }
    commands.add("quit");
  }

  private void obey(String[] words) throws Exception {
    int number = Integer.parseInt(words[1]);
    switch (words[0]) {
      case "calls" -> {
        while (calls.size() < number) {
          calls.push(setUp(made++));
        }
        while (calls.size() > number) {
          hangUp(calls.pop());
        }
        System.out.println("{\"calls\": " + number + "}");
      }
      case "run" -> {
        traffic.run(Traffic.SILENT, DRAIN_NANOS); // what is still under way is not of this run
        Tally tally = traffic.newTally();
        traffic.run(PACKET_NANOS, number * SECOND_NANOS);
        System.out.println("{\"end\": true}");
        traffic.run(Traffic.SILENT, DRAIN_NANOS);
        System.out.println(tally.json());
      }
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  /** The relay sees one offer and one answer, and so does each end. */
  private Call setUp(int number) throws Exception {
    Party caller = webRtc ? new Browser(number, true, callers) : new Party(number, true, callers);
    Party callee = new Party(number, false, callees);
    traffic.add(caller);
    traffic.add(callee);
    String answer =
        relay.connect(
            number,
            caller.offer(),
            offer -> {
              callee.remote(new Sdp(offer));
              return callee.offer();
            });
    caller.remote(new Sdp(answer));
    caller.establish(traffic);
    return new Call(number, caller, callee);
  }

  private void hangUp(Call call) throws IOException {
    relay.disconnect(call.number());
    traffic.remove(call.caller());
    traffic.remove(call.callee());
  }
}
