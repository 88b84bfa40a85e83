// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.composition;

import io.ifbus.sip.platform.cdr.CdrCounts;
import io.ifbus.sip.platform.cdr.CdrPruner;
import io.ifbus.sip.platform.cdr.CdrWriter;
import io.ifbus.sip.platform.cdr.H2CdrStore;
import io.ifbus.sip.platform.config.MicroProfileSettings;
import io.ifbus.sip.platform.config.Settings;
import io.ifbus.sip.platform.metrics.MicroProfileMeter;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Call detail records: written when calls end, kept on disk. */
@Dependent
public class CdrComposition {

    /** Closed by its writer, when the last record is in it. */
    @Produces
    @Singleton
    static H2CdrStore store(MicroProfileSettings settings) {
        return new H2CdrStore(Settings.CDR_DIRECTORY.from(settings));
    }

    @Produces
    @Singleton
    static CdrWriter writer(
            H2CdrStore store, MicroProfileSettings settings, InstantSource clock, MicroProfileMeter meter) {
        CdrPruner pruner = new CdrPruner(store, clock, Settings.CDR_RETENTION.from(settings));
        return CdrWriter.start(store, pruner, new Counts(meter), store::close);
    }

    static void close(@Disposes CdrWriter writer) {
        writer.close();
    }

    private record Counts(MicroProfileMeter meter) implements CdrCounts {

        @Override
        public void dropped(int records) {
            meter.cdrsDropped(records);
        }

        @Override
        public void storeFailed() {
            meter.cdrStoreFailed();
        }
    }
}
