// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import io.ifbus.sip.phones.Sdp.Media;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Offers one PCMU audio line, rejects all others, and points the audio where the two descriptions agree to. */
final class AudioNegotiation implements Negotiation {

    private final String address;
    private final MediaPort port;
    private Direction wanted = Direction.SENDRECV;
    private Sdp own;

    AudioNegotiation(String address, long sessionId, MediaPort port) {
        this.address = address;
        this.port = port;
        this.own = new Sdp(sessionId, 0, address, List.of());
    }

    @Override
    public String offer() {
        List<Media> lines = new ArrayList<>(own.media());
        int index = 0;
        while (index < lines.size() && !lines.get(index).isPcmuAudio()) index++;
        // RFC 3264 section 8: earlier m= lines stay where they are, a new one goes to the end.
        if (index == lines.size()) lines.add(line(wanted));
        else lines.set(index, line(wanted));
        return describe(lines).toString();
    }

    @Override
    public Optional<String> answer(String offer) {
        Sdp theirs = Sdp.parse(offer);
        Optional<Media> usable = theirs.audio();
        if (usable.isEmpty() && theirs.media().stream().anyMatch(line -> line.port() != 0)) return Optional.empty();
        List<Media> lines = new ArrayList<>();
        for (Media line : theirs.media()) {
            boolean chosen = usable.isPresent() && line == usable.get();
            lines.add(chosen ? line(line.direction().mirrored().and(wanted)) : line.rejected());
        }
        String answer = describe(lines).toString();
        connect(theirs);
        return Optional.of(answer);
    }

    @Override
    public void answered(String answer) {
        connect(Sdp.parse(answer));
    }

    @Override
    public void wants(Direction most) {
        // RFC 3264 section 8.4: a stream is held by sendonly, and by inactive if the far end holds it too.
        wanted = most;
    }

    @Override
    public void end() {
        port.close();
    }

    private Media line(Direction direction) {
        return new Media("audio", address, port.localPort(), "RTP/AVP", List.of(Sdp.PCMU), direction);
    }

    private Sdp describe(List<Media> lines) {
        boolean changed = own.version() == 0 || !own.media().equals(lines);
        own = new Sdp(own.sessionId(), own.version() + (changed ? 1 : 0), address, lines);
        return own;
    }

    private void connect(Sdp theirs) {
        Optional<Media> ours = own.audio();
        Optional<Media> far = theirs.audio();
        if (ours.isEmpty() || far.isEmpty()) {
            port.mute();
            return;
        }
        // 0.0.0.0 is how RFC 2543 put a stream on hold; 9 is the discard port of a description without an address.
        boolean reachable = !"0.0.0.0".equals(far.get().address()) && far.get().port() != 9;
        Direction agreed = ours.get().direction().and(far.get().direction().mirrored());
        if (agreed.sends() && reachable)
            port.sendTo(new InetSocketAddress(far.get().address(), far.get().port()));
        else port.mute();
    }
}
