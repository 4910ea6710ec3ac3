using Channels.Cost2100;
using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Channels;

/// <summary>Trajectories of COST 2100 users, and ways that are refused.</summary>
[DisposesItsTensors]
public sealed class Cost2100JourneyTests
{
    private static readonly ResourceGrid Grid = new(4, 20e6, 5, 0.5);

    [Fact]
    public void DrawPaths_Trajectory_DelaysOfThePlacesOnIt()
    {
        using var scope = NewDisposeScope();
        // The second user waits for a second, then turns; slots lie at 0, 0.5, … 2 s.
        var paths = Model("t x1 y1 x2 y2\n0, 100, 0, 0, 50\n1\t110 0 0 50\n# a turn\n2, 110, 20, -30, 90 # end\n", users: 2)
            .DrawPaths(2, Grid, new Generator(1));
        (double X, double Y)[][] places =
        [
            [(100, 0), (105, 0), (110, 0), (110, 10), (110, 20)],
            [(0, 50), (0, 50), (0, 50), (-15, 70), (-30, 90)],
        ];
        Assert.True(paths.HasDirectPath);
        for (var user = 0; user < 2; user++)
        {
            for (var slot = 0; slot < 5; slot++)
            {
                var (x, y) = places[user][slot];
                Assert.Equal(Math.Sqrt(x * x + y * y) / 3e8, paths.Delays[1, slot, user, 0].item<double>(), 1e-15);
            }
        }
    }

    [Fact]
    public void Draw_StraightTrajectory_LikeSpeedAndDirection()
    {
        using var scope = NewDisposeScope();
        var scenario = Cost2100Scenario.Shipped("semi-urban-300mhz-nlos");
        var options = new Cost2100Options { Array = new AntennaArray(4), UserPositions = "100 -40", Speed = 3, Direction = Math.PI / 2 };
        var expected = new Cost2100Channel(scenario, options).Draw(2, Grid, new Generator(4)).Channel;
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["way.csv"], "0 100 -40\n1 100 -37\n2.5 100 -32.5\n");
        var drawn = new Cost2100Channel(scenario, options with { UserPositions = "", Speed = 0, Direction = null, Trajectory = folder["way.csv"] })
            .Draw(2, Grid, new Generator(4)).Channel;
        // Corners in between cost rounding of places, some 1e-14 of 100 m, and that of float32.
        Assert.True((drawn - expected).abs().max().item<float>() < 1e-5 * expected.abs().max().item<float>());
    }

    [Fact]
    public void Draw_TrajectoryThatStandsStill_SameInEverySlot()
    {
        using var scope = NewDisposeScope();
        var channel = Model("0 100 0\n5 100 0\n", users: 1).Draw(1, Grid, new Generator(4)).Channel;
        Assert.True(channel.Equals(channel.narrow(1, 0, 1).expand_as(channel)));
    }

    [Theory]
    [InlineData("0 1 2 3\n1 2 3 4\n", "way.csv: line 1 has 4 columns; permitted: 3, the time [s] and x and y [m] of each of 1 user.")]
    [InlineData("t,x,y\n0,100,0\n1,NaN,0\n", "way.csv: line 3 has 'NaN' where a number is expected.")]
    [InlineData("0,100,0\n1,x,0\n", "way.csv: line 2 has 'x' where a number is expected.")]
    [InlineData("1,100,0\n2,100,1\n", "way.csv: line 1 begins at 1 s; permitted: 0, the first slot.")]
    [InlineData("0,100,0\n1,100,1\n1,100,2\n", "way.csv: line 3 has the time 1 s after 1 s; permitted: rising times.")]
    [InlineData("0,100,0\n", "way.csv: it has 1 instants; permitted: 2 to 10000.")]
    [InlineData("", "way.csv: it has 0 instants; permitted: 2 to 10000.")]
    [InlineData("0,100,0\n9,480,0\n", "way.csv: line 2: the user at 480 0 is 480.0 m from the centre of the cell of radius 500 m; permitted: 467.2 m, so that their visibility regions lie in the cell.")]
    [InlineData("0,100,0.25\n9,-100,0.25\n", "way.csv: line 2: the user at -100 0.25 is or comes 0.25 m from a base station; permitted: a wavelength (1 m) or more.")]
    public void Constructor_BadTrajectory_Refused(string text, string message)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Model(text, users: 1));
        Assert.Equal($"{message} (Parameter 'Trajectory')", error.Message);
    }

    [Fact]
    public void Draw_TrajectoryThatEndsTooEarly_Refused()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Model("0 100 0\n1.5 100 1\n", users: 1).Draw(1, Grid, new Generator(1)));
        Assert.Equal("way.csv: it ends after 1.5 s; permitted: at least the 2 s from the first of the 5 slots to the last. (Parameter 'Trajectory')", error.Message);
    }

    [Theory]
    [InlineData(-1.5, null, "", "-1.5 m/s is out of range; permitted: 0 or more. (Parameter 'Speed')")]
    [InlineData(double.NaN, null, "", "NaN m/s is out of range; permitted: 0 or more. (Parameter 'Speed')")]
    [InlineData(0, 1.0, "", "a direction without a speed has no effect; permitted: both, or neither. (Parameter 'Direction')")]
    [InlineData(1, double.NaN, "", "NaN is not an angle. (Parameter 'Direction')")]
    [InlineData(1, null, "way.csv", "the trajectory says already where users are and how they move; permitted: trajectory, or speed with places. (Parameter 'Speed')")]
    [InlineData(0, 1.0, "way.csv", "the trajectory says already where users are and how they move; permitted: trajectory, or speed with places. (Parameter 'Direction')")]
    [InlineData(0, null, "/nowhere/way.csv", "way.csv: the file cannot be read: Could not find a part of the path '/nowhere/way.csv'. (Parameter 'Trajectory')")]
    public void Constructor_BadMovement_Refused(double speed, double? direction, string trajectory, string message)
    {
        var options = new Cost2100Options { Speed = speed, Direction = direction, Trajectory = trajectory };
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Cost2100Channel(Cost2100Scenario.Shipped("semi-urban-300mhz-los"), options));
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData(100, null, "users who travel 250 m in 5 slots come 532.8 m from the centre of the cell of radius 500 m; permitted: 467.2 m, so that their visibility regions lie in the cell (slower, fewer slots, or a smaller area to start in). (Parameter 'Speed')")]
    [InlineData(120, 0.0, "users who travel 300 m in 5 slots come 538.5 m from the centre of the cell of radius 500 m; permitted: 467.2 m, so that their visibility regions lie in the cell (slower, fewer slots, or a smaller area to start in). (Parameter 'Speed')")]
    public void RequireRoom_LeavingTheCell_Refused(double speed, double? direction, string message)
    {
        var model = new Cost2100Channel(Cost2100Scenario.Shipped("semi-urban-300mhz-los"), new Cost2100Options { Speed = speed, Direction = direction });
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(() => model.RequireRoom(Grid)).Message);
    }

    private static Cost2100Channel Model(string text, int users)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["way.csv"], text);
        return new Cost2100Channel(
            Cost2100Scenario.Shipped("semi-urban-300mhz-los"), new Cost2100Options { Users = users, Array = new AntennaArray(4), Trajectory = folder["way.csv"] });
    }
}
