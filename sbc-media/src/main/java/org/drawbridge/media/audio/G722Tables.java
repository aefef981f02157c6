package org.drawbridge.media.audio;

/** The constants of ITU-T G.722, by the names that they have there. */
final class G722Tables {

  /** Decision levels of the lower band's 6-bit quantizer. */
  static final int[] Q6 = {
    0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023,
    1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919
  };

  /** Inverse quantizer of 4 bits, which adapts the lower band. */
  static final int[] QM4 = {
    0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584,
    1200, 0
  };

  /** Inverse quantizer of 6 bits, which is heard. */
  static final int[] QM6 = {
    -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232,
    -9360, -8576, -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776,
    -2400, -2032, -1688, -1360, -1040, -728, 24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192,
    10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456, 4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032,
    1688, 1360, 1040, 728, 432, 136, -432, -136
  };

  /** Inverse quantizer of the higher band. */
  static final int[] QM2 = {-7408, -1616, 7408, 1616};

  /** Scale factor steps of the lower band, by its 4-bit code. */
  static final int[] WL = {
    -60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60
  };

  /** Scale factor steps of the higher band. */
  static final int[] WH = {798, -214, 798, -214};

  /** Powers of two between scale factors. */
  static final int[] ILB = {
    2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834,
    2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008
  };

  /** Half of the quadrature mirror filter, which is symmetric. */
  static final int[] QMF = {3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11};

  private G722Tables() {}

  /** The code of a lower band's level, 1 to 30, and sign. */
  static int lowCode(int level, boolean negative) {
    if (negative) {
      return level <= 2 ? 64 - level : 34 - level;
    }
    return 62 - level;
  }

  static int saturate(int value) {
    return Math.clamp(value, Short.MIN_VALUE, Short.MAX_VALUE);
  }
}
