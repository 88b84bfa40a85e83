// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.phones.Traced.Way;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What several phones saw, as a Mermaid sequence diagram:
 *
 * <pre>{@code
 * String text = Ladder.of("Alice", alice).and("IF.bus").and("Bob", bob).mermaid();
 * }</pre>
 *
 * <p>Columns stand in the order in which they were named; the one without a phone stands for everybody else. Each arrow
 * is a method or a status with a note such as {@code (sdp sendonly)}. Copies and 100s are left out, since they depend on
 * how fast a machine is. An arrow that did not arrive ends in a cross. Equal traces give equal text: what one phone saw
 * stays in its order, a message arrives after it left, and only then the clock decides. Immutable.
 */
public final class Ladder {

    private record Column(String name, Optional<OnTheWire> phone) {
        String id() {
            return name.replaceAll("[^A-Za-z0-9]", "");
        }
    }

    private final List<Column> columns;
    private final boolean everything;

    private Ladder(List<Column> columns, boolean everything) {
        this.columns = List.copyOf(columns);
        this.everything = everything;
    }

    public static Ladder of(String name, OnTheWire phone) {
        return new Ladder(List.of(), false).and(name, phone);
    }

    /** @throws IllegalArgumentException if the name is taken or has no letter */
    public Ladder and(String name, OnTheWire phone) {
        return with(new Column(name, Optional.of(requireNonNull(phone, "phone"))));
    }

    /**
     * Everybody whose phone is not here.
     *
     * @throws IllegalArgumentException if there is such a column already
     */
    public Ladder and(String others) {
        if (columns.stream().anyMatch(column -> column.phone().isEmpty()))
            throw new IllegalArgumentException("two columns for everybody else");
        return with(new Column(others, Optional.empty()));
    }

    private Ladder with(Column column) {
        if (column.id().isEmpty()
                || columns.stream().anyMatch(other -> other.id().equals(column.id())))
            throw new IllegalArgumentException("no name for a column: " + column.name());
        List<Column> more = new ArrayList<>(columns);
        more.add(column);
        return new Ladder(more, everything);
    }

    /** Copies and 100s, too. */
    public Ladder withEverything() {
        return new Ladder(columns, true);
    }

    /** @throws IllegalArgumentException if a message went to nobody who has a column */
    public String mermaid() {
        StringBuilder text = new StringBuilder("sequenceDiagram\n");
        for (Column column : columns)
            text.append("    participant %s as %s\n".formatted(column.id(), escaped(column.name())));
        Map<Column, List<Sight>> seen = new LinkedHashMap<>();
        for (Column column : columns) column.phone().ifPresent(phone -> seen.put(column, seenBy(column, phone)));
        for (Sight sight : inOrder(seen)) {
            Column other = columnOf(sight.line().remote());
            boolean sent = sight.line().way() == Way.SENT;
            if (!sent && isIn(seen, other, Way.SENT, sight)) continue; // shown when it left
            Column from = sent ? sight.column() : other;
            Column to = sent ? other : sight.column();
            boolean lost = sent && to.phone().isPresent() && !isIn(seen, to, Way.RECEIVED, sight);
            String arrow = lost ? "-x" : sight.line().kind().contains(" ") ? "-->>" : "->>";
            text.append("    %s%s%s: %s\n".formatted(from.id(), arrow, to.id(), escaped(LadderNote.of(sight.line()))));
        }
        return text.toString();
    }

    /** A message as one phone saw it. */
    private record Sight(Column column, Traced line, int copy) {
        String key() {
            return line.kind() + "|" + line.transaction() + "|" + copy;
        }
    }

    private List<Sight> seenBy(Column column, OnTheWire phone) {
        Map<String, Integer> copies = new HashMap<>();
        List<Sight> sights = new ArrayList<>();
        for (Traced line : phone.trace()) {
            int copy = copies.merge(line.way() + line.kind() + "|" + line.transaction(), 1, Integer::sum);
            if (everything || (copy == 1 && !line.kind().startsWith("100 "))) sights.add(new Sight(column, line, copy));
        }
        return sights;
    }

    private static boolean isIn(Map<Column, List<Sight>> seen, Column column, Way way, Sight sight) {
        return seen.getOrDefault(column, List.of()).stream()
                .anyMatch(other -> other.line().way() == way && other.key().equals(sight.key()));
    }

    private List<Sight> inOrder(Map<Column, List<Sight>> seen) {
        List<Deque<Sight>> waiting = new ArrayList<>();
        seen.values().forEach(sights -> waiting.add(new ArrayDeque<>(sights)));
        List<Sight> ordered = new ArrayList<>();
        Set<String> left = new HashSet<>();
        for (waiting.removeIf(Deque::isEmpty); !waiting.isEmpty(); waiting.removeIf(Deque::isEmpty)) {
            Sight sight = earliest(waiting, seen, left).removeFirst();
            if (sight.line().way() == Way.SENT) left.add(sight.key());
            ordered.add(sight);
        }
        return ordered;
    }

    /** The trace with the earliest message that may come now; if all wait for another, the clock decides. */
    private Deque<Sight> earliest(List<Deque<Sight>> waiting, Map<Column, List<Sight>> seen, Set<String> left) {
        Comparator<Deque<Sight>> byRight = Comparator.comparing(sights -> !mayCome(sights.getFirst(), seen, left));
        return Collections.min(
                waiting,
                byRight.thenComparing(sights -> sights.getFirst().line().at()));
    }

    /** A message arrives after it left, if the one who sent it knows of it. */
    private boolean mayCome(Sight sight, Map<Column, List<Sight>> seen, Set<String> left) {
        return sight.line().way() == Way.SENT
                || left.contains(sight.key())
                || !isIn(seen, columnOf(sight.line().remote()), Way.SENT, sight);
    }

    private Column columnOf(String remote) {
        for (Column column : columns)
            if (column.phone().isPresent()
                    && remote.endsWith(":" + column.phone().get().port())) return column;
        return columns.stream()
                .filter(column -> column.phone().isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nobody's column: " + remote));
    }

    /** Mermaid takes a semicolon for the end of a line and # for the start of an entity. */
    private static String escaped(String text) {
        return text.replace("#", "#35;").replaceAll("(?<!#35);", "#59;");
    }
}
