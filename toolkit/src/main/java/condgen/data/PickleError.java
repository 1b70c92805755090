package condgen.data;

import java.io.Serial;

/**
 * A refusal on its way out of the pickle library, whose interfaces declare no exceptions; {@link
 * ClosedUnpickler} turns it into the {@link DamagedDataException} it carries.
 */
final class PickleError extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final transient DamagedDataException damage;

  PickleError(DamagedDataException damage) {
    super(damage.getMessage(), damage);
    this.damage = damage;
  }

  PickleError(String message) {
    this(new DamagedDataException(message));
  }

  DamagedDataException damage() {
    return damage;
  }
}
