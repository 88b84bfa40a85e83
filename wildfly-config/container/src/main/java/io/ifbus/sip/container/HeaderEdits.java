// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The values of a header field in their order. A change is written to the message at once; where the application may not
 * change the field it is refused.
 */
final class HeaderEdits<T> implements ListIterator<T> {
    private final List<T> values;
    private final ListIterator<T> at;
    private final BooleanSupplier fixed;
    private final Consumer<List<T>> write;

    /**
     * @param fixed whether the field is a system header or the message committed
     * @param write puts all the values in place of those that are there
     */
    HeaderEdits(ListIterator<T> values, BooleanSupplier fixed, Consumer<List<T>> write) {
        this.values = new ArrayList<>();
        values.forEachRemaining(this.values::add);
        this.at = this.values.listIterator();
        this.fixed = fixed;
        this.write = write;
    }

    private void edit(Runnable change) {
        if (fixed.getAsBoolean()) {
            throw new IllegalStateException("this header field is the container's, or its message is committed");
        }
        change.run();
        write.accept(List.copyOf(values));
    }

    @Override
    public void remove() {
        edit(at::remove);
    }

    @Override
    public void set(T value) {
        edit(() -> at.set(value));
    }

    @Override
    public void add(T value) {
        edit(() -> at.add(value));
    }

    @Override
    public boolean hasNext() {
        return at.hasNext();
    }

    @Override
    public T next() {
        return at.next();
    }

    @Override
    public boolean hasPrevious() {
        return at.hasPrevious();
    }

    @Override
    public T previous() {
        return at.previous();
    }

    @Override
    public int nextIndex() {
        return at.nextIndex();
    }

    @Override
    public int previousIndex() {
        return at.previousIndex();
    }
}
