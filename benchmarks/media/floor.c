/*
 * The least that a relay does that receives and sends one datagram at a time, with nothing looked at. It gives the floor
 * under what such relays cost and how late they are on a machine: floor <address> <control port>.
 *
 * Commands, a datagram each, from loopback: "open" makes a pair of ports and answers "a portA b portB", "join a ip port b
 * ip port" relays between who is at them, "end a b" closes them.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SOCKETS = 65536, READY = 64, DATAGRAM = 2048 };

static int twin[SOCKETS];
static int epoll;
static struct in_addr address;

static void die(const char *what) {
  perror(what);
  exit(1);
}

static struct sockaddr_in at(struct in_addr ip, int port) {
  struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = ip};
  return place;
}

static int bound(int port) {
  struct sockaddr_in own = at(address, port);
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  if (fd < 0 || fd >= SOCKETS || bind(fd, (struct sockaddr *)&own, sizeof own)) die("bind");
  struct epoll_event readable = {.events = EPOLLIN, .data.fd = fd};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &readable)) die("epoll_ctl");
  return fd;
}

static int port_of(int fd) {
  struct sockaddr_in own;
  socklen_t length = sizeof own;
  if (getsockname(fd, (struct sockaddr *)&own, &length)) die("getsockname");
  return ntohs(own.sin_port);
}

static void connect_to(int fd, const char *ip, int port) {
  struct in_addr host;
  if (!inet_aton(ip, &host)) return;
  struct sockaddr_in peer = at(host, port);
  if (connect(fd, (struct sockaddr *)&peer, sizeof peer)) die("connect");
}

static int obey(const char *command, char *answer, size_t size) {
  int a, b, port_a, port_b;
  char ip_a[16], ip_b[16];
  if (command[0] == 'o') {
    a = bound(0);
    b = bound(0);
    return snprintf(answer, size, "%d %d %d %d", a, port_of(a), b, port_of(b));
  }
  if (sscanf(command, "join %d %15s %d %d %15s %d", &a, ip_a, &port_a, &b, ip_b, &port_b) == 6) {
    connect_to(a, ip_a, port_a);
    connect_to(b, ip_b, port_b);
    twin[a] = b;
    twin[b] = a;
    return snprintf(answer, size, "joined");
  }
  if (sscanf(command, "end %d %d", &a, &b) == 2) {
    close(a);
    close(b);
    twin[a] = twin[b] = 0;
    return snprintf(answer, size, "ended");
  }
  return snprintf(answer, size, "unknown");
}

static void control(int fd) {
  char command[DATAGRAM], answer[DATAGRAM];
  struct sockaddr_in from;
  socklen_t length = sizeof from;
  ssize_t read = recvfrom(fd, command, sizeof command - 1, 0, (struct sockaddr *)&from, &length);
  if (read < 0) return;
  command[read] = 0;
  int said = obey(command, answer, sizeof answer);
  sendto(fd, answer, said, 0, (struct sockaddr *)&from, length);
}

static void relay(int fd) {
  char datagram[DATAGRAM];
  ssize_t read = recv(fd, datagram, sizeof datagram, 0);
  if (read >= 0 && twin[fd]) send(twin[fd], datagram, read, 0);
}

int main(int count, char **arguments) {
  if (count != 3 || !inet_aton(arguments[1], &address)) {
    fprintf(stderr, "floor <address> <control port>\n");
    return 2;
  }
  struct rlimit files;
  if (getrlimit(RLIMIT_NOFILE, &files)) die("getrlimit");
  files.rlim_cur = files.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &files)) die("setrlimit");
  epoll = epoll_create1(0);
  int commands = bound(atoi(arguments[2]));
  struct epoll_event ready[READY];
  for (;;) {
    int found = epoll_wait(epoll, ready, READY, -1);
    if (found < 0 && errno != EINTR) die("epoll_wait");
    for (int i = 0; i < found; i++) {
      if (ready[i].data.fd == commands) control(commands);
      else relay(ready[i].data.fd);
    }
  }
}
