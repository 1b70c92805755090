package condgen.ode;

import static condgen.tensor.Scalars.fresh;
import static condgen.tensor.Scalars.scale;
import static condgen.tensor.Scalars.subtractFrom;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;

/** Systems of two equations with parameters p; the state has shape (..., 2). */
enum PlanarSystem {
  FORCED_OSCILLATOR("(y, -k*x+sin(w*t)), p=(w,k)") {
    @Override
    NDArray[] slope(double t, NDArray x, NDArray y, double... p) {
      return new NDArray[] {y, scale(x, -p[1]).add(fresh(Math.sin(p[0] * t), x))};
    }
  },
  LOTKA_VOLTERRA("(a*x-b*x*y, -c*y+d*x*y), p=(a,b,c,d)") {
    @Override
    NDArray[] slope(double t, NDArray x, NDArray y, double... p) {
      return new NDArray[] {
        scale(x, p[0]).sub(scale(x, p[1]).mul(y)), scale(y, -p[2]).add(scale(x, p[3]).mul(y))
      };
    }
  },
  CUBIC_SPIRAL("(-a*x^3-b*y^3, b*x^3-a*y^3), p=(a,b)") {
    @Override
    NDArray[] slope(double t, NDArray x, NDArray y, double... p) {
      NDArray x3 = x.mul(x).mul(x);
      NDArray y3 = y.mul(y).mul(y);
      return new NDArray[] {
        scale(x3, -p[0]).sub(scale(y3, p[1])), scale(x3, p[1]).sub(scale(y3, p[0]))
      };
    }
  },
  VAN_DER_POL("(y, mu*(1-x^2)*y-x), p=(mu)") {
    @Override
    NDArray[] slope(double t, NDArray x, NDArray y, double... p) {
      return new NDArray[] {y, scale(subtractFrom(1, x.mul(x)), p[0]).mul(y).sub(x)};
    }
  };

  private final String formula;

  PlanarSystem(String formula) {
    this.formula = formula;
  }

  abstract NDArray[] slope(double t, NDArray x, NDArray y, double... p);

  static PlanarSystem named(String formula) {
    for (PlanarSystem system : values()) {
      if (system.formula.equals(formula)) {
        return system;
      }
    }
    throw new IllegalArgumentException("no system has the right-hand side " + formula);
  }

  VectorField with(double... p) {
    return (t, state) -> {
      int axis = state.getShape().dimension() - 1;
      NDList parts = state.split(2, axis);
      NDArray[] slope = slope(t, parts.get(0), parts.get(1), p);
      return NDArrays.concat(new NDList(slope), axis);
    };
  }
}
