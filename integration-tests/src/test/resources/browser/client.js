// What a page of an integrator would do with stock JsSIP, plus a diary of every event for the tests.
window.client = {
  diary: [],
  session: null,
  sessions: [],

  note(name, detail = {}) {
    this.diary.push({ name, at: Date.now(), ...detail });
  },

  start(server, uri, password, options = {}) {
    const socket = new JsSIP.WebSocketInterface(server);
    this.agent = new JsSIP.UA({ sockets: [socket], uri, password, ...options });
    this.agent.on('connected', () => this.note('connected'));
    this.agent.on('disconnected', ({ code }) => this.note('disconnected', { code }));
    this.agent.on('registered', () => this.note('registered'));
    this.agent.on('unregistered', () => this.note('unregistered'));
    this.agent.on('registrationFailed', (event) => this.note('registrationFailed', this.facts(event)));
    this.agent.on('newRTCSession', ({ session }) => this.follow(session));
    this.agent.on('newMessage', ({ originator, request }) => this.note('message', { originator, body: request.body }));
    window.addEventListener('online', () => this.note('online'));
    this.agent.start();
  },

  // Echo cancellation and its like would take a steady tone for noise.
  media: {
    mediaConstraints: {
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
      video: false,
    },
    pcConfig: { iceServers: [] },
  },

  // Calls from now on show what this page's camera sees.
  camera(width, height) {
    this.media.mediaConstraints.video = { width, height, frameRate: 10 };
  },

  // Shows it in the call there is.
  async switchCameraOn(width, height) {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width, height, frameRate: 10 } });
    stream.getTracks().forEach((track) => this.connection.addTrack(track, stream));
    this.session.renegotiate();
    return {};
  },

  call(target, options = {}) {
    this.agent.call(target, { ...this.media, ...options });
  },

  answer() {
    this.session.answer(this.media);
  },

  // Connects who this page talks to with somebody else, or with the one it called last.
  refer(session, target, options = {}) {
    const told = ['requestSucceeded', 'requestFailed', 'trying', 'progress', 'accepted', 'failed'];
    const eventHandlers = Object.fromEntries(
      told.map((name) => [name, ({ status_line: line }) => this.note(`refer-${name}`, { status: line?.status_code })]),
    );
    session.refer(target, { eventHandlers, ...options });
  },

  follow(session) {
    this.session = session;
    this.sessions.push(session);
    this.note('session', { direction: session.direction, from: session.remote_identity.uri.toString() });
    const plain = ['connecting', 'sending', 'confirmed', 'muted', 'unmuted', 'reinvite', 'update'];
    plain.forEach((name) => session.on(name, () => this.note(name)));
    const told = ['progress', 'accepted', 'ended', 'failed', 'hold', 'unhold'];
    told.forEach((name) => session.on(name, (event) => this.note(name, this.facts(event))));
    session.on('newDTMF', ({ originator, dtmf }) => this.note('dtmf', { originator, tone: dtmf.tone }));
    session.on('getusermediafailed', (error) => this.note('getusermediafailed', { error: String(error) }));
    session.on('peerconnection', ({ peerconnection }) => this.watch(peerconnection));
    if (session.connection) this.watch(session.connection);
  },

  watch(connection) {
    if (this.connection === connection) return;
    this.connection = connection;
    this.meter = null;
    connection.addEventListener('icecandidate', ({ candidate }) => this.note('candidate', { address: candidate?.address }));
    connection.addEventListener('connectionstatechange', () => this.note('media', { state: connection.connectionState }));
    connection.addEventListener('track', ({ track }) => {
      const stream = new MediaStream([track]);
      if (track.kind === 'video') {
        document.getElementById('screen').srcObject = stream;
        return;
      }
      document.getElementById('remote').srcObject = stream;
      this.meter = new Meter(stream);
    });
  },

  // From now on descriptions tell of another certificate than the one of the handshake.
  lieAboutTheCertificate() {
    this.agent.on('newRTCSession', ({ session }) => session.on('sdp', (event) => {
      const wrong = (line, start, digit) => start + (digit === 'A' ? 'B' : 'A');
      if (event.originator === 'local') event.sdp = event.sdp.replace(/(a=fingerprint:sha-256 )(.)/g, wrong);
    }));
  },

  // From now on descriptions that go and come name one codec of audio alone, and keys beside it.
  speakOnly(codec) {
    this.agent.on('newRTCSession', ({ session }) => session.on('sdp', (event) => {
      const named = [...event.sdp.matchAll(/a=rtpmap:(\d+) ([^/]+)/g)];
      const kept = named.filter(([, , name]) => [codec, 'telephone-event'].includes(name)).map(([, type]) => type);
      const lines = event.sdp.split('\r\n').filter((line) => {
        const type = /^a=(?:rtpmap|fmtp|rtcp-fb):(\d+) /.exec(line)?.[1];
        return type === undefined || kept.includes(type);
      });
      const audio = (line) => (line.startsWith('m=audio') ? [...line.split(' ').slice(0, 3), ...kept].join(' ') : line);
      event.sdp = lines.map(audio).join('\r\n');
    }));
  },

  // What an application does when the system tells of another network: the WebSocket of the old one is
  // dead, and TCP takes minutes to notice, so it connects anew. JsSIP registers by itself, and then ICE
  // begins anew (RFC 8445 9).
  followNetworks() {
    const { transport } = this.agent;
    window.addEventListener('online', () => {
      this.agent.once('registered', () => this.restartIce());
      transport.socket.disconnect();
      transport.socket.ondisconnect(true, 1006, 'another network');
      transport.connect();
    });
  },

  restartIce() {
    this.note('restart');
    this.session.renegotiate({ rtcOfferConstraints: { iceRestart: true } }, () => this.note('renegotiated'));
  },

  // In calls from now on a made tone stands for the microphone: a browser that was not allowed to listen
  // hides its addresses behind names (mDNS).
  speakWithoutMicrophone(hertz) {
    navigator.mediaDevices.getUserMedia = async () => {
      const context = new AudioContext();
      const voice = new OscillatorNode(context, { frequency: hertz });
      const sink = context.createMediaStreamDestination();
      voice.connect(sink);
      voice.start();
      return sink.stream;
    };
  },

  // Goes on with the call in another RTCPeerConnection, which has a certificate of its own.
  async changeConnection() {
    const before = this.connection;
    const connection = new RTCPeerConnection(this.media.pcConfig);
    const tracks = before.getSenders().map((sender) => sender.track).filter(Boolean);
    tracks.forEach((track) => connection.addTrack(track, new MediaStream([track])));
    this.watch(connection);
    const gathered = new Promise((done) => {
      connection.addEventListener('icegatheringstatechange', () => connection.iceGatheringState === 'complete' && done());
    });
    await connection.setLocalDescription();
    await gathered;
    const { body } = await new Promise((onSuccessResponse, onErrorResponse) => {
      this.session.sendRequest('INVITE', {
        extraHeaders: [`Contact: ${this.session.contact}`, 'Content-Type: application/sdp'],
        body: connection.localDescription.sdp,
        eventHandlers: { onSuccessResponse, onErrorResponse },
      });
    });
    this.session.sendRequest('ACK');
    await connection.setRemoteDescription({ type: 'answer', sdp: body });
    before.close();
    return {};
  },

  candidates() {
    return this.connection.localDescription.sdp.split('\r\n').filter((line) => line.startsWith('a=candidate:'));
  },

  facts({ originator, cause, message, response }) {
    const sip = message ?? response;
    const headers = (name) => sip?.getHeaders?.(name) ?? [];
    return { originator, cause, status: sip?.status_code, warning: headers('Warning').join(), reason: headers('Reason').join() };
  },

  // Notes when a tone that is not there now comes.
  listenFor(hertz) {
    new Meter(document.getElementById('remote').srcObject, 4096).awaitTone(hertz).then((at) => this.note('heard', { at }));
  },

  async hears(milliseconds) {
    return this.meter ? this.meter.measure(milliseconds) : { hertz: 0, decibels: -1000, running: 'no track' };
  },

  // The protocol of the pair of candidates in use.
  async path() {
    const report = await this.connection.getStats();
    const transport = [...report.values()].find((entry) => entry.type === 'transport') ?? {};
    const pair = report.get(transport.selectedCandidatePairId) ?? {};
    const { protocol = '', address = '' } = report.get(pair.localCandidateId) ?? {};
    return { protocol, address };
  },

  // The codec, the packets and the transport of what comes in, by getStats().
  async inbound() {
    const report = await this.connection.getStats();
    const all = [...report.values()];
    const rtp = all.find((entry) => entry.type === 'inbound-rtp' && entry.kind === 'audio') ?? {};
    const codec = report.get(rtp.codecId) ?? {};
    const transport = all.find((entry) => entry.type === 'transport') ?? {};
    return {
      codec: codec.mimeType ?? '',
      packets: rtp.packetsReceived ?? 0,
      srtp: transport.srtpCipher ?? '',
      remoteReports: all.filter((entry) => entry.type === 'remote-inbound-rtp').length,
    };
  },

  // What the other side's reports tell of the audio that goes out and comes in, by getStats().
  async reports() {
    const report = await this.connection.getStats();
    const audio = [...report.values()].filter((entry) => entry.kind === 'audio');
    const of = (type) => audio.find((entry) => entry.type === type) ?? {};
    const [received, sent] = ['remote-inbound-rtp', 'remote-outbound-rtp'].map(of);
    return {
      roundTrips: received.roundTripTimeMeasurements ?? 0,
      roundTrip: received.roundTripTime ?? -1,
      reports: sent.reportsSent ?? 0,
      packetsSent: sent.packetsSent ?? 0,
      wallClock: sent.remoteTimestamp ?? 0,
    };
  },

  // The video that comes in and goes out, by getStats().
  async picture() {
    const report = await this.connection.getStats();
    const video = [...report.values()].filter((entry) => entry.kind === 'video');
    const seen = video.filter((entry) => entry.type === 'inbound-rtp').sort((a, b) => b.bytesReceived - a.bytesReceived)[0] ?? {};
    const shown = video.find((entry) => entry.type === 'outbound-rtp') ?? {};
    return {
      codec: report.get(seen.codecId)?.mimeType ?? '',
      framesDecoded: seen.framesDecoded ?? 0,
      width: seen.frameWidth ?? 0,
      height: seen.frameHeight ?? 0,
      requests: (shown.pliCount ?? 0) + (shown.firCount ?? 0),
      keyFrames: shown.keyFramesEncoded ?? 0,
      lost: seen.packetsLost ?? 0,
      packets: seen.packetsReceived ?? 0,
      retransmitted: seen.retransmittedPacketsReceived ?? 0,
      sent: shown.packetsSent ?? 0,
    };
  },

  // How many pictures come in meanwhile.
  async framesWithin(milliseconds) {
    const before = (await this.picture()).framesDecoded;
    await new Promise((done) => setTimeout(done, milliseconds));
    return { frames: (await this.picture()).framesDecoded - before };
  },

  remoteMediaLines() {
    return this.connection.remoteDescription.sdp.split('\r\n').filter((line) => line.startsWith('m='));
  },
};
