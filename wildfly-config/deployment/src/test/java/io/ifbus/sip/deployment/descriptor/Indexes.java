// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.descriptor;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jboss.as.server.deployment.annotation.CompositeIndex;
import org.jboss.jandex.Indexer;

/** Indexes of classes on the test's class path, as WildFly makes them of an archive. */
final class Indexes {
    private Indexes() {}

    static CompositeIndex of(String... classNames) throws IOException {
        Indexer indexer = new Indexer();
        for (String name : classNames) {
            try (InputStream in = ClassLoader.getSystemResourceAsStream(name.replace('.', '/') + ".class")) {
                indexer.index(in);
            }
        }
        return new CompositeIndex(List.of(indexer.complete()));
    }
}
