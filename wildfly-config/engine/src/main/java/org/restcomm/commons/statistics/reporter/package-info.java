// SPDX-License-Identifier: AGPL-3.0-or-later
/** A class that the engine is linked to by name, without what it did. */
package org.restcomm.commons.statistics.reporter;
