// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * RTP over UDP (RFC 3550) with G.711 mu-law in packets of 20 ms: sends a tone, remembers what it hears.
 *
 * <p>All sending and receiving is done by one tick; a late tick skips what it missed and never bursts. Its methods may
 * be called from any thread.
 */
public final class Audio implements MediaPort {

    /** A tone counts as heard when it dominates this many packets: half a second of it. */
    public static final int PACKETS_FOR_HEARD = 25;

    private static final int HEADER = 12;
    private static final int SAMPLES = 160;
    private static final int PCMU = 0;
    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int REMEMBERED = 500;
    private static final double DOMINATES = 0.7;

    private final DatagramChannel channel;
    private final ScheduledExecutorService clock;
    private final Watch watch;
    private final Tone tone;
    private final long start = System.nanoTime();
    private final int source = ThreadLocalRandom.current().nextInt();
    private final byte[] out = new byte[HEADER + SAMPLES];
    private final ByteBuffer in = ByteBuffer.allocate(2048);
    private final Deque<byte[]> heard = new ArrayDeque<>();

    private InetSocketAddress target;
    private long tick;
    private int sequence = ThreadLocalRandom.current().nextInt(0x8000);
    private boolean talkspurtBegins = true;
    private long packetsSent;
    private long packetsHeard;
    private long lastHeard;
    private boolean closed;

    /** @throws UncheckedIOException if no port could be opened */
    Audio(InetAddress address, double toneHz, ScheduledExecutorService clock, Watch watch) {
        this.clock = clock;
        this.watch = watch;
        this.tone = new Tone(toneHz);
        try {
            channel = Ports.openEvenUdp(address);
            channel.configureBlocking(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        schedule();
    }

    @Override
    public int localPort() {
        return channel.socket().getLocalPort();
    }

    @Override
    public void sendTo(InetSocketAddress remote) {
        watch.change(() -> target = remote);
    }

    @Override
    public void mute() {
        watch.change(() -> {
            target = null;
            talkspurtBegins = true;
        });
    }

    public long packetsSent() {
        return watch.look(() -> packetsSent);
    }

    public long packetsHeard() {
        return watch.look(() -> packetsHeard);
    }

    /** Nanoseconds since the last packet, or since the start if there was none. */
    long silence() {
        return watch.look(() -> System.nanoTime() - (packetsHeard == 0 ? start : lastHeard));
    }

    /** Whether the tone dominates at least {@link #PACKETS_FOR_HEARD} of the packets of the last ten seconds. */
    public boolean heard(double frequencyHz) {
        return packetsWith(frequencyHz) >= PACKETS_FOR_HEARD;
    }

    /** How many packets of the last ten seconds the tone dominates. */
    public long packetsWith(double frequencyHz) {
        return watch.look(() -> heard.stream()
                .filter(sound -> Tone.share(sound, frequencyHz) > DOMINATES)
                .count());
    }

    /** Forgets the sound heard so far, so that {@link #heard} speaks of what comes next. */
    public void forget() {
        watch.change(heard::clear);
    }

    @Override
    public void close() {
        watch.change(() -> {
            closed = true;
            target = null;
        });
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void schedule() {
        long now = System.nanoTime() - start;
        long next = now / PERIOD + 1;
        try {
            clock.schedule(() -> tick(next), next * PERIOD - now, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            watch.change(() -> closed = true); // the phone was switched off
        }
    }

    private void tick(long number) {
        watch.change(() -> tick = number);
        try {
            receive();
            send();
        } catch (ClosedChannelException e) {
            return;
        } catch (IOException e) {
            mute(); // nobody listens there: the far end is gone and the BYE on its way
        }
        if (!watch.look(() -> closed)) schedule();
    }

    private void receive() throws IOException {
        while (true) {
            in.clear();
            if (channel.receive(in) == null) return;
            in.flip();
            boolean pcmu = in.remaining() > HEADER && (in.get(0) & 0xc0) == 0x80 && (in.get(1) & 0x7f) == PCMU;
            if (!pcmu) continue;
            byte[] sound = new byte[in.remaining() - HEADER];
            in.get(HEADER, sound);
            watch.change(() -> {
                packetsHeard++;
                lastHeard = System.nanoTime();
                heard.addLast(sound);
                if (heard.size() > REMEMBERED) heard.removeFirst();
            });
        }
    }

    private void send() throws IOException {
        InetSocketAddress remote = watch.look(() -> target);
        if (remote == null) return;
        ByteBuffer header = ByteBuffer.wrap(out);
        header.put((byte) 0x80).put((byte) (talkspurtBegins ? 0x80 | PCMU : PCMU));
        header.putShort((short) sequence++).putInt((int) (tick * SAMPLES)).putInt(source);
        tone.fill(out, HEADER, SAMPLES);
        channel.send(ByteBuffer.wrap(out), remote);
        watch.change(() -> {
            talkspurtBegins = false;
            packetsSent++;
        });
    }
}
