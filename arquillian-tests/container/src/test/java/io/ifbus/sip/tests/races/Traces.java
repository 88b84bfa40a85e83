// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.races;

import io.ifbus.sip.phones.OnTheWire;
import io.ifbus.sip.phones.Traced;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** What all phones of a story saw. */
record Traces(List<OnTheWire> phones) {

    private record Line(String who, Traced what) {}

    /** @param suspended laws that do not hold in this story */
    List<String> offences(Set<Law> suspended) {
        return phones.stream()
                .map(phone -> WireLaws.of(phone).without(suspended))
                .flatMap(laws -> laws.offences().stream())
                .toList();
    }

    /** Everything that was on the wire, by time. */
    String story() {
        StringBuilder text = new StringBuilder("\n");
        phones.stream()
                .flatMap(phone -> phone.trace().stream().map(line -> new Line(phone.name(), line)))
                .sorted(Comparator.comparing(line -> line.what().at()))
                .forEach(line ->
                        text.append(line.who()).append(' ').append(line.what()).append('\n'));
        return text.toString();
    }
}
