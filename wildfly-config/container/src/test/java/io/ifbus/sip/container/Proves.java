// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the rows of docs/conformance.md that a test proves. It is read from the sources, so write the ids as literals.
 */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.METHOD)
public @interface Proves {
    /** Ids of rows. */
    String[] value();
}
