namespace OxyPlot;

/// <summary>What an exporter can write.</summary>
public interface IPlotModel
{
}
