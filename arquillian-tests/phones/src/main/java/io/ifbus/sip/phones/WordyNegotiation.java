// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.util.Optional;

/** Says the same as another, with many words more. */
final class WordyNegotiation implements Negotiation {

    private static final int LINE = 80;

    private final Negotiation usual;
    private final String padding;

    /** @param bytes how many bytes more, rounded up to whole lines */
    WordyNegotiation(Negotiation usual, int bytes) {
        this.usual = usual;
        String start = "a=x-filler:";
        String line = start + "x".repeat(LINE - start.length() - 2) + "\r\n";
        padding = line.repeat((bytes + LINE - 1) / LINE);
    }

    @Override
    public String offer() {
        return usual.offer() + padding;
    }

    @Override
    public Optional<String> answer(String offer) {
        return usual.answer(offer).map(answer -> answer + padding);
    }

    @Override
    public void answered(String answer) {
        usual.answered(answer);
    }

    @Override
    public void wants(Direction most) {
        usual.wants(most);
    }

    @Override
    public void end() {
        usual.end();
    }
}
