using System.Globalization;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Kintone.Forms;

/// <summary>How an app rounds computed numbers. Source: kintone, "アプリの一般設定を変更する", <c>numberPrecision</c>.</summary>
/// <param name="DecimalPlaces">Decimal places kept, 0 to 10.</param>
/// <param name="Rounding">What happens to the rest.</param>
internal sealed record NumberPrecision(int DecimalPlaces, NumberRounding Rounding)
{
    private const int DefaultPlaces = 4;

    /// <summary>Reads the setting; kintone's default is four places, half to even.</summary>
    public static NumberPrecision Of(JToken? setting)
    {
        var rounding = (string?)setting?["roundingMode"] switch
        {
            "UP" => NumberRounding.Up,
            "DOWN" => NumberRounding.Down,
            _ => NumberRounding.HalfEven,
        };
        return new NumberPrecision((int)(Scalar.Whole(setting?["decimalPlaces"]) ?? DefaultPlaces), rounding);
    }

    /// <summary>The number rounded, without trailing zeros.</summary>
    public string Show(decimal number)
    {
        var rounded = Rounding switch
        {
            NumberRounding.HalfEven => Math.Round(number, DecimalPlaces, MidpointRounding.ToEven),
            NumberRounding.Down => Math.Round(number, DecimalPlaces, MidpointRounding.ToZero),
            NumberRounding.Up => Math.Round(number, DecimalPlaces, number < 0 ? MidpointRounding.ToNegativeInfinity : MidpointRounding.ToPositiveInfinity),
        };
        return rounded.ToString("0.##########", CultureInfo.InvariantCulture);
    }
}

/// <summary>What rounding does with the places that are not kept.</summary>
internal enum NumberRounding
{
    /// <summary>To the nearest, halves to the even neighbour.</summary>
    HalfEven,

    /// <summary>Away from zero.</summary>
    Up,

    /// <summary>Toward zero.</summary>
    Down,
}
