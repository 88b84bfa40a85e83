// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.metrics;

import io.ifbus.sip.call.Direction;
import io.ifbus.sip.call.EndCause;
import io.ifbus.sip.meter.Meter;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/** Core's meter on MicroProfile Metrics. What can be listed beforehand is there from the start, at zero. */
public final class MicroProfileMeter implements Meter {

    private final MetricRegistry registry;

    public MicroProfileMeter(MetricRegistry registry) {
        this.registry = registry;
        for (Direction direction : Direction.values()) {
            started(direction);
            setup(direction);
            for (EndCause.Result result : EndCause.Result.values()) {
                ended(direction, result);
            }
        }
        cdrsDropped(0);
        registry.counter(metadata(MetricName.CDR_STORE_FAILURES));
    }

    /** Shows {@code count} as the number of living calls. */
    public void showActive(IntSupplier count) {
        registry.gauge(metadata(MetricName.CALLS_ACTIVE), count::getAsInt);
    }

    /** Shows {@code count} as the number of open event streams. */
    public void showStreams(IntSupplier count) {
        registry.gauge(metadata(MetricName.EVENT_STREAMS), count::getAsInt);
    }

    @Override
    public void callStarted(Direction direction) {
        started(direction).inc();
    }

    @Override
    public void callEnded(Direction direction, EndCause.Result result) {
        ended(direction, result).inc();
    }

    @Override
    public void legAnswered(Direction direction, Duration setup) {
        setup(direction).update(setup);
    }

    @Override
    public void surprised(String state, String event) {
        registry.counter(metadata(MetricName.SURPRISES), new Tag("state", state), new Tag("event", event))
                .inc();
    }

    /** {@code records} call detail records were lost. */
    public void cdrsDropped(int records) {
        registry.counter(metadata(MetricName.CDRS_DROPPED)).inc(records);
    }

    /** Call detail records could not be written, once more. */
    public void cdrStoreFailed() {
        registry.counter(metadata(MetricName.CDR_STORE_FAILURES)).inc();
    }

    private Counter started(Direction direction) {
        return registry.counter(metadata(MetricName.CALLS_STARTED), tag(direction));
    }

    private Counter ended(Direction direction, EndCause.Result result) {
        return registry.counter(metadata(MetricName.CALLS_ENDED), tag(direction), new Tag("result", result.word()));
    }

    private Timer setup(Direction direction) {
        return registry.timer(metadata(MetricName.LEG_SETUP), tag(direction));
    }

    private static Tag tag(Direction direction) {
        return new Tag("direction", direction.word());
    }

    private static Metadata metadata(MetricName name) {
        return Metadata.builder()
                .withName(name.registered())
                .withDescription(name.meaning())
                .build();
    }
}
